import { ConfigurationDocument, type DeliveryRequested, type Rule, type SeriesRouted } from '@waystation/events';
import { exampleSeries, exampleStudy, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
import type { KnownSeries } from '../series/series-state.js';
import { deliveriesBefore } from './deliveries-before.js';
import { planDeliveries } from './plan-deliveries.js';
import type { RouteStudy } from './study-command.js';
import { studyDecider } from './study-decider.js';
import type { StudyEvent } from './study-event.js';

const { series, completed, routed, opened, matched } = exampleStudy;
const { stored } = exampleSeries;

/** Series `number`, with so many images in each revision, and what its own decision requested. */
const seriesWith = (
  number: number,
  images: readonly number[],
  deliveries: SeriesRouted['data']['deliveries'] = [],
): KnownSeries => {
  const seriesInstanceUid = exampleStudy.seriesInstanceUid(number);
  let image = 0;
  const events: SeriesEvent[] = [exampleSeries.opened(1, { seriesInstanceUid })];
  for (const [index, count] of images.entries()) {
    for (let n = 0; n < count; n++) events.push(stored(++image));
    events.push(exampleSeries.completed(index + 1, { instances: image, newInstances: count }));
    events.push(exampleSeries.routed(index + 1, { deliveries }));
  }
  const { state } = given(seriesDecider, events);
  if (state.status === 'unknown') throw new Error('the series is unknown');
  return state;
};

const documentWith = (changes: object): ConfigurationDocument =>
  ConfigurationDocument.parse({
    rules: [
      {
        name: 'Whole study',
        condition: 'True',
        trigger: 'study',
        action: 'route',
        targets: ['pacs', 'archive'],
        ...changes,
      },
    ],
  });

const plan = (
  history: readonly StudyEvent[],
  all: readonly KnownSeries[],
  rule: Partial<Record<keyof Rule, unknown>> = {},
  requested: readonly DeliveryRequested['data'][] = [],
  revision = 1,
) => {
  const command: RouteStudy = {
    kind: 'route-study',
    rule: 'Whole study',
    revision,
    document: documentWith(rule),
    series: new Map(all.map((state) => [state.seriesInstanceUid, state])),
    opened: new Map(),
    requested: new Map(requested.map((data) => [data.delivery, data])),
  };
  const { state } = given(studyDecider, history);
  const before = deliveriesBefore(state, command, command.document, command.series);
  const { requests, alreadyRequested } = planDeliveries(state, command);
  return { before, alreadyRequested, data: requests.map(({ data }) => data), command, state };
};

const one = [opened(), matched(1), completed(1, [series(1)])];
const summary = (data: readonly DeliveryRequested['data'][]) =>
  data.map(({ seriesInstanceUid, revision, target, instances }) => [
    Number(seriesInstanceUid.split('.').at(-1)),
    revision,
    target,
    instances.count,
  ]);

describe('the deliveries of a completed study', () => {
  it('are one for each series and target, with the id that the series itself would give', () => {
    const history = [opened(), completed(1, [])];
    const both = [opened(), matched(1), matched(2), completed(1, [series(1), series(2)])];
    const { data, alreadyRequested } = plan(both, [seriesWith(1, [2]), seriesWith(2, [3])]);
    expect(summary(data)).toEqual([
      [1, 1, 'pacs', 2],
      [1, 1, 'archive', 2],
      [2, 1, 'pacs', 3],
      [2, 1, 'archive', 3],
    ]);
    expect(data[0]).toMatchObject({ rules: ['Whole study'], instances: { afterSequence: 0, throughSequence: 4 } });
    expect(data.every((request) => !('after' in request))).toBe(true);
    expect(new Set(data.map(({ delivery }) => delivery)).size).toBe(4);
    expect(alreadyRequested).toEqual([]);
    expect(plan(history, []).data).toEqual([]);
  });

  it('bring each revision of a series that was collected, and nothing twice', () => {
    const collected = [series(1), series(1, { revision: 2 })];
    const history = [opened(), ...collected.map((one) => matched(1, one)), completed(1, collected)];
    for (const late of ['delta', 'whole']) {
      const { data } = plan(history, [seriesWith(1, [2, 1])], { targets: ['pacs'], late });
      expect(summary(data)).toEqual([
        [1, 1, 'pacs', 2],
        [1, 2, 'pacs', 1],
      ]);
    }
  });

  it('bring what came late, or all of that series again where the rule says so', () => {
    const late = series(1, { revision: 2 });
    const history = [...one, routed(1), matched(1, { revision: 2 }), completed(2, [late])];
    const states = [seriesWith(1, [2, 1])];
    expect(summary(plan(history, states, { targets: ['pacs'] }, [], 2).data)).toEqual([[1, 2, 'pacs', 1]]);
    const whole = plan(history, states, { targets: ['pacs'], late: 'whole' }, [], 2).data;
    expect(summary(whole)).toEqual([[1, 2, 'pacs', 3]]);
    expect(whole[0]?.instances).toMatchObject({ afterSequence: 0 });
  });

  it('follow one another at each target where the rule wants order, by series number and then by UID', () => {
    const collected = [series(3), series(2, { seriesNumber: null }), series(1, { seriesNumber: 7 }), series(4)];
    const history = [opened(), ...collected.map((each) => matched(1, each)), completed(1, collected)];
    const states = [1, 2, 3, 4].map((number) => seriesWith(number, [1]));
    const { data } = plan(history, states, { ordered: true });
    for (const target of ['pacs', 'archive']) {
      const chain = data.filter((request) => request.target === target);
      expect(chain.map(({ seriesInstanceUid }) => Number(seriesInstanceUid.split('.').at(-1)))).toEqual([3, 4, 1, 2]);
      expect(chain.map(({ after }) => after)).toEqual([
        undefined,
        ...chain.slice(0, -1).map(({ delivery }) => delivery),
      ]);
    }
  });

  it('go behind those of the completion before, where there is order', () => {
    const deliveries = [
      { delivery: 'aaaa', seriesInstanceUid: series(1).seriesInstanceUid, revision: 1, target: 'pacs' },
    ];
    const history = [...one, routed(1, { deliveries }), matched(2), completed(2, [series(2)])];
    const { data } = plan(history, [seriesWith(2, [1])], { ordered: true, targets: ['pacs'] }, [], 2);
    expect(data.map(({ after }) => after)).toEqual(['aaaa']);
  });

  it('follow another rule where an operator named one', () => {
    const history = [opened(), matched(1), completed(1, [series(1)], { follow: 'Other', trigger: 'manual' })];
    expect(plan(history, [seriesWith(1, [1])]).data).toEqual([]);
    expect(summary(plan(history, [seriesWith(1, [1])], { name: 'Other', targets: ['cloud'] }).data)).toEqual([
      [1, 1, 'cloud', 1],
    ]);
  });

  it('bring the objects that a target is to get, and the urgency of the rule', () => {
    const targets = [{ target: 'pacs', instances: "@InstanceNumber@ == '2'" }];
    const { data } = plan(one, [seriesWith(1, [3])], { targets, priority: 'urgent' });
    expect(data).toMatchObject([
      {
        target: 'pacs',
        priority: 'urgent',
        instances: { count: 1, sopInstanceUids: [exampleSeries.sopInstanceUid(2)] },
      },
    ]);
  });
});

describe('what was requested before', () => {
  const bySeries = [{ delivery: 'base', target: 'pacs', rules: ['CT'] }];
  const state = seriesWith(1, [3], bySeries);
  const request: DeliveryRequested['data'] = {
    delivery: 'base',
    seriesInstanceUid: state.seriesInstanceUid,
    studyInstanceUid: state.studyInstanceUid,
    revision: 1,
    target: 'pacs',
    rules: ['CT'],
    instances: { afterSequence: 0, throughSequence: 5, count: 3 },
  };

  it('is not requested again', () => {
    const { before, data, alreadyRequested } = plan(one, [state], {}, [request]);
    expect(before).toEqual(['base']);
    expect(summary(data)).toEqual([[1, 1, 'archive', 3]]);
    expect(alreadyRequested).toEqual([
      { delivery: 'base', seriesInstanceUid: state.seriesInstanceUid, revision: 1, target: 'pacs' },
    ]);
  });

  it('is what the next one of an ordered study waits for', () => {
    const history = [opened(), matched(1), matched(2), completed(1, [series(1), series(2)])];
    const { data } = plan(history, [state, seriesWith(2, [1])], { targets: ['pacs'], ordered: true }, [request]);
    expect(data.map(({ after }) => after)).toEqual(['base']);
  });

  it('leaves what it does not bring to a delivery of its own', () => {
    const filtered = { ...request.instances, count: 1, sopInstanceUids: [exampleSeries.sopInstanceUid(2)] };
    const { data } = plan(one, [state], { targets: ['pacs'] }, [{ ...request, instances: filtered }]);
    expect(data).toMatchObject([
      {
        target: 'pacs',
        instances: { count: 2, sopInstanceUids: [1, 3].map((image) => exampleSeries.sopInstanceUid(image)) },
      },
    ]);
    expect(data[0]?.delivery).not.toBe('base');
  });

  it('by another rule that waited for the study counts as well', () => {
    const other = [{ delivery: 'other', seriesInstanceUid: state.seriesInstanceUid, revision: 1, target: 'archive' }];
    const history = [
      ...one,
      matched(1, {}, 'Other'),
      completed(1, [series(1)], { rule: 'Other' }),
      routed(1, { rule: 'Other', deliveries: other }),
    ];
    const { data, alreadyRequested } = plan(history, [state], {}, [
      request,
      { ...request, delivery: 'other', target: 'archive' },
    ]);
    expect(data).toEqual([]);
    expect(alreadyRequested.map(({ delivery }) => delivery)).toEqual(['base', 'other']);
  });

  it('has to be looked at: what nobody looked at is asked for again', () => {
    expect(() => plan(one, [state])).toThrow(expect.objectContaining({ code: 'study.outdated' }));
  });
});

describe('a completion', () => {
  const command = plan(one, [seriesWith(1, [2])]).command;

  it('is routed once', () => {
    given(studyDecider, one)
      .when(command)
      .thenState((state) => expect(state.collections[0]?.completions[0]?.routed?.deliveries).toHaveLength(2))
      .when(command)
      .then([]);
  });

  it('has the same deliveries before and behind its own event', () => {
    const routedOne = given(studyDecider, one).when(command);
    expect(planDeliveries(routedOne.state, command)).toEqual(planDeliveries(given(studyDecider, one).state, command));
  });

  it('that nobody knows of is not routed', () => {
    given(studyDecider, one)
      .when({ ...command, revision: 2 })
      .then([]);
  });
});
