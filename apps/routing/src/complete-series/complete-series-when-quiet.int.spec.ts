import { seriesDecider, type StoreInstance } from '@waystation/domain';
import { AssociationReleased, AssociationSeriesNoted, streamName, type RecordedEvent } from '@waystation/events';
import { createLogger } from '@waystation/observability';
import { exampleSeries, recorded } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { RoutingLog } from '../../test/routing-log.js';
import { CompleteSeriesWhenQuiet } from './complete-series-when-quiet.js';
import { NoteReleaseWhenReleased } from './note-release-when-released.js';

const { source } = exampleSeries;
const logger = createLogger({ service: 'routing', level: 'error', format: 'text' });
let routing: RoutingLog;
let policy: CompleteSeriesWhenQuiet | undefined;

beforeAll(async () => {
  routing = await RoutingLog.make();
});
afterEach(async () => {
  await policy?.beforeApplicationShutdown();
  policy = undefined;
});
afterAll(() => routing[Symbol.asyncDispose]());

const HOURS = 3_600_000;
/** Objects of a series of its own arrive. */
const receive = async (series: string, changes: readonly (Partial<StoreInstance> & { number: number })[]) => {
  const stream = streamName.series(series);
  const uids = { studyInstanceUid: '1.2', seriesInstanceUid: series };
  for (const { number, ...change } of changes) {
    const instance = exampleSeries.storeInstance(number).instance;
    const identity = await routing.identities.seal({ ...uids, ...instance }, { PatientID: '4711' });
    const command = exampleSeries.storeInstance(number, { ...uids, identity, quietPeriodMs: HOURS, ...change });
    await routing.commands.handle(seriesDecider, stream, command);
  }
  return stream;
};
const complete = () => {
  policy = new CompleteSeriesWhenQuiet(routing.log, routing.commands, routing.identities, logger);
  policy.onApplicationBootstrap();
};
const untilComplete = (stream: string): Promise<readonly RecordedEvent[]> =>
  vi.waitFor(async () => {
    const found = await routing.log.readStream(stream);
    expect(found.at(-1)?.type).toBe('series.completed.v1');
    return found;
  }, 30_000);
const released = (association: string, series: readonly string[]): RecordedEvent<AssociationReleased> => {
  const counts = { stored: 1, duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 1, durationMs: 1 };
  const event = AssociationReleased.of({ ...counts, series: [...series] });
  return recorded(event, { stream: streamName.association(association), position: 1 });
};

it('completes a quiet series because of the last object that arrived', async () => {
  await routing.publish({ completion: { quietPeriodSeconds: 0.1 } });
  const stream = await receive(
    '1.2.1',
    [1, 2, 2].map((number) => ({ number, quietPeriodMs: 1 })),
  );
  complete();
  const events = await untilComplete(stream);
  expect(events.map(({ type }) => type)).toEqual([
    'series.opened.v1',
    'instance.stored.v1',
    'instance.stored.v1',
    'instance.duplicated.v1',
    'series.completed.v1',
  ]);
  expect(events[4]?.metadata).toEqual({
    actor: { kind: 'service', name: 'routing' },
    correlationid: streamName.association(exampleSeries.source.association),
    causationid: events[3]?.position,
  });
});

it('asks rules about the patient how long a series has to be quiet, and waits no shorter', async () => {
  const rule = { name: 'Trial', condition: "@PatientID@ == '4711'", action: 'discard', quietPeriodSeconds: 1 };
  await routing.publish({ completion: { quietPeriodSeconds: 3600 }, rules: [rule] });
  const stream = await receive('1.2.2', [{ number: 1, quietPeriodMs: 1 }]);
  complete();
  const last = (await untilComplete(stream)).at(-1);
  expect(last?.data).toMatchObject({ trigger: 'quiet', quietPeriodMs: 1000, because: { rules: ['Trial'] } });
});

it('completes a series when all who sent it have gone, whatever else is under way', async () => {
  await routing.publish({ completion: { quietPeriodSeconds: 3600, afterReleaseSeconds: 0.1 } });
  const other = { ...source, association: 'a-2' };
  const stream = await receive('1.2.3', [{ number: 1 }, { number: 2, source: other }]);
  const note = new NoteReleaseWhenReleased(routing.log, routing.commands);
  await note.on(released(source.association, ['1.2.3', '1.2.404']));
  await note.on(released(source.association, ['1.2.3']));
  complete();
  expect((await routing.log.readStream(stream)).map(({ type }) => type)).toEqual([
    'series.opened.v1',
    'instance.stored.v1',
    'instance.stored.v1',
    'series.sender-released.v1',
  ]);
  await note.on(released('a-2', ['1.2.3']));
  const [noted, completed] = (await untilComplete(stream)).slice(-2);
  expect(completed?.data).toMatchObject({ trigger: 'association-released', because: { afterReleaseMs: 100 } });
  expect(completed?.metadata.causationid).toBe(noted?.position);
});

it('completes series of a release that are more than its event names, each when all who sent it have gone', async () => {
  await routing.publish({ completion: { quietPeriodSeconds: 3600, afterReleaseSeconds: 0.1 } });
  const long = { ...source, association: 'a-long' };
  const series = ['1.2.31', '1.2.32', '1.2.33', '1.2.34'];
  const streams = await Promise.all(series.map((uid) => receive(uid, [{ number: 1, source: long }])));
  await receive('1.2.33', [{ number: 2, source: { ...source, association: 'a-other' } }]);
  const association = streamName.association('a-long');
  const [one = '', two = '', three = '', four = ''] = series;
  const events = [
    AssociationSeriesNoted.of({ series: [one, two] }),
    AssociationSeriesNoted.of({ series: [three, one] }),
  ];
  const counts = { stored: 4, duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 4, durationMs: 1 };
  events.push(AssociationReleased.of({ ...counts, series: [four], seriesNoted: 2 }) as never);
  const parts = [{ stream: association, expected: 0, events }];
  await routing.log.append({ parts, time: routing.log.clock.estimate(), metadata: {} });
  const end = (await routing.log.readStream(association)).at(-1) as RecordedEvent<AssociationReleased>;
  await new NoteReleaseWhenReleased(routing.log, routing.commands).on(end);
  complete();
  for (const stream of streams.filter((_, index) => index !== 2))
    expect((await untilComplete(stream)).at(-1)?.data).toMatchObject({ trigger: 'association-released' });
  const types = (await routing.log.readStream(streams[2] ?? '')).map(({ type }) => type);
  expect(types.filter((type) => /released|completed/.test(type))).toEqual(['series.sender-released.v1']);
});

it('notes no release that nobody waits for', async () => {
  await routing.publish({
    applicationEntities: [{ aeTitle: 'WAYSTATION' }, { aeTitle: 'R', completion: { afterReleaseSeconds: 0 } }],
  });
  const stream = await receive('1.2.4', [{ number: 1 }]);
  await new NoteReleaseWhenReleased(routing.log, routing.commands).on(released(source.association, ['1.2.4']));
  expect(await routing.log.readStream(stream)).toHaveLength(2);
});

it('completes a series as soon as so many objects are there as one of them says', async () => {
  const stream = await receive('1.2.5', [{ number: 1, expectedCount: 2 }, { number: 2 }]);
  complete();
  expect((await untilComplete(stream)).at(-1)?.data).toMatchObject({ trigger: 'expected-count', instances: 2 });
});

it('completes a series that is reopened at once, about all of it', async () => {
  await routing.publish({ completion: { quietPeriodSeconds: 0.1 } });
  const stream = await receive('1.2.6', [{ number: 1, quietPeriodMs: 1 }]);
  complete();
  await untilComplete(stream);
  await routing.commands.handle(seriesDecider, stream, { kind: 'reopen-series', reason: 'a test' });
  const [reopened, completed] = (await untilComplete(stream)).slice(-2);
  expect(completed?.data).toMatchObject({ revision: 2, newInstances: 0, whole: true });
  expect(completed?.metadata.causationid).toBe(reopened?.position);
});
