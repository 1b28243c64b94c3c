import { streamName, type RecordedEvent, type StudyCompleted, type StudyRouted } from '@waystation/events';
import { exampleStudy } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Routers } from '../../test/routers.js';

const study = streamName.study(exampleStudy.studyInstanceUid);
const rule = (name: string, studySettings: object, targets: readonly string[] = ['pacs']) => ({
  name,
  condition: 'True',
  trigger: 'study',
  action: 'route',
  targets,
  study: studySettings,
});
const targets = ['pacs', 'archive'].map((name) => ({ name, kind: 'folder', path: `/tmp/${name}` }));
const patient = { timeout: 45_000, interval: 50 };
let routers: Routers;

beforeEach(async () => {
  routers = await Routers.start(2);
});
afterEach(() => routers.stop());

const ofType = async <Event extends { readonly type: string; readonly data: unknown }>(type: Event['type']) =>
  (await routers.one.log.readStream(study)).filter((event) => event.type === type) as unknown as readonly RecordedEvent<
    Event & { readonly data: Event['data'] }
  >[];
const completions = () => ofType<StudyCompleted>('study.completed.v1');
const routedOnes = () => ofType<StudyRouted>('study.routed.v1');
const requests = async () =>
  (await routers.one.log.readAll({ after: 0, limit: 10_000 })).filter(({ type }) => type === 'delivery.requested.v1');

/** Both routers are told, as after an outage in which nobody knows what was handled. */
const toldToBoth = async <Event>(
  events: readonly Event[],
  tell: (router: Routers['one'], event: Event) => Promise<void>,
) => Promise.all(routers.all.flatMap((router) => events.map((event) => tell(router, event))));

describe('Two routers', () => {
  it('complete a study of sixty series once, and request each delivery once', async () => {
    await routers.publish({ targets, rules: [rule('Whole', { quietPeriodSeconds: 1 }, ['pacs', 'archive'])] });
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
    const routed = await Promise.all(numbers.map((number) => routers.revise(number, ['Whole'])));
    await toldToBoth(routed, ({ collect }, event) => collect.on(event));
    const [completed] = await vi.waitFor(async () => {
      const found = await completions();
      expect(found.flatMap(({ data }) => data.series)).toHaveLength(60);
      return found;
    }, patient);
    expect(await ofType('study.series-matched.v1')).toHaveLength(60);
    expect(completed?.metadata.causationid).toBe((await ofType('study.series-matched.v1')).at(-1)?.position);
    await toldToBoth(await completions(), ({ route }, event) => route.on(event));
    const deliveries = (await requests()).map(({ data }) => data as { target: string; seriesInstanceUid: string });
    expect(new Set(deliveries.map(({ target, seriesInstanceUid }) => `${target} ${seriesInstanceUid}`)).size).toBe(120);
    expect(deliveries).toHaveLength(120);
    expect(await routedOnes()).toHaveLength((await completions()).length);
  });

  it('route rules of one study at the same time, and send once to a target that both name', async () => {
    const listed = { series: "'T1' and 'T2'" };
    await routers.publish({ targets, rules: [rule('A', listed), rule('B', listed, ['pacs', 'archive'])] });
    const routed = [await routers.revise(1, ['A', 'B']), await routers.revise(2, ['A', 'B'])];
    await toldToBoth(routed, ({ collect }, event) => collect.on(event));
    await vi.waitFor(async () => expect(await completions()).toHaveLength(2), patient);
    await toldToBoth(await completions(), ({ route }, event) => route.on(event));
    const sent = (await requests()).map(({ data }) => (data as { target: string }).target);
    expect(sent.toSorted()).toEqual(['archive', 'archive', 'pacs', 'pacs']);
    const told = (await routedOnes()).map(({ data }) => data);
    expect(told.flatMap(({ alreadyRequested }) => alreadyRequested)).toHaveLength(2);
  });
});

describe('A study that waits', () => {
  it('is looked at when what held it open was decided, although no rule takes it', async () => {
    await routers.publish({ targets, rules: [rule('Whole', { quietPeriodSeconds: 0.5 })] });
    const { collect } = routers.one;
    await routers.receive(2);
    await routers.write(study, [exampleStudy.opened(), exampleStudy.added(2)]);
    await collect.on(await routers.revise(1, ['Whole']));
    // It was quiet, and found that the second series still comes: the next look is far away.
    const soon = Date.now() + 20_000;
    await vi.waitFor(async () => {
      const [queue] = await routers.one.log.timers.queues('study');
      expect(Date.parse(queue?.nextDueAt ?? '')).toBeGreaterThan(soon);
    }, patient);
    expect(await completions()).toEqual([]);
    await collect.on(await routers.decide(2, []));
    const [completed] = await vi.waitFor(async () => {
      const found = await completions();
      expect(found).toHaveLength(1);
      return found;
    }, patient);
    expect(completed?.data).toMatchObject({ trigger: 'quiet', pending: [], series: [{ seriesDescription: 'T1' }] });
  });

  it('has no timer once nothing waits', async () => {
    await routers.publish({ targets, rules: [rule('Whole', { series: "'T1'" })] });
    await routers.one.collect.on(await routers.revise(1, ['Whole']));
    await vi.waitFor(async () => expect(await completions()).toHaveLength(1), patient);
    expect((await routers.one.log.timers.queues('study')).map(({ waiting }) => waiting)).toEqual([]);
  });

  it('waits while its rule is not in force, and goes on with the configuration that has it', async () => {
    await routers.publish({ targets, rules: [] });
    await routers.one.collect.on(await routers.revise(1, ['Whole']));
    await vi.waitFor(async () => {
      const [queue] = await routers.one.log.timers.queues('study');
      expect(queue).toMatchObject({ waiting: 1, due: 0, claimed: 0 });
    }, patient);
    expect(await completions()).toEqual([]);
    await routers.publish({ targets, rules: [rule('Whole', { series: "'T1'" })] });
    await routers.one.log.timers.wake(streamName.configuration);
    await vi.waitFor(async () => expect(await completions()).toHaveLength(1), patient);
  });
});
