import { DeliveryRequested, type SeriesRouted } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { deliveriesRequestedBy } from './route-series.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';
import type { KnownSeries, SeriesState } from './series-state.js';

const { opened, stored, duplicated, conflicted, completed, routed, storeInstance } = exampleSeries;

const known = (state: SeriesState): KnownSeries => {
  if (state.status === 'unknown') throw new Error('the series is unknown');
  return state;
};
const requestedAfter = (history: readonly SeriesEvent[], decision: SeriesRouted['data']) =>
  deliveriesRequestedBy(known(given(seriesDecider, history).state), decision).map(({ data }) => data);

const deliveries = [
  { delivery: 'aaaa', target: 'archive', rules: ['CT', 'All'] },
  { delivery: 'bbbb', target: 'research', rules: ['CT'] },
];
const decided = (revision: number) => routed(revision, { outcome: 'routed', deliveries }).data;

const complete = [opened(), stored(1), stored(2), completed(1, { instances: 2, newInstances: 2 })];
const withLateImage = [...complete, routed(1), stored(3), completed(2, { instances: 3, newInstances: 1 })];

describe('the deliveries that follow from a decision', () => {
  it('are one for each target, for all objects of the first revision', () => {
    expect(requestedAfter(complete, decided(1))).toEqual(
      deliveries.map((delivery) => ({
        ...delivery,
        seriesInstanceUid: exampleSeries.seriesInstanceUid,
        studyInstanceUid: exampleSeries.studyInstanceUid,
        revision: 1,
        instances: { afterSequence: 0, throughSequence: 4, count: 2 },
      })),
    );
  });

  it('are for what is new in the second revision', () => {
    expect(requestedAfter(withLateImage, decided(2))).toMatchObject([
      { revision: 2, instances: { afterSequence: 4, throughSequence: 7, count: 1 } },
      { revision: 2, instances: { afterSequence: 4, throughSequence: 7, count: 1 } },
    ]);
  });

  it('are the same for the first revision however late the rules are asked', () => {
    expect(requestedAfter(withLateImage, decided(1))).toEqual(requestedAfter(complete, decided(1)));
  });

  it('count neither duplicates nor conflicts', () => {
    const noisy = [opened(), stored(1), duplicated(1), conflicted(1, 7), stored(2), completed(1)];
    expect(requestedAfter(noisy, decided(1))[0]?.instances).toEqual({ afterSequence: 0, throughSequence: 6, count: 2 });
  });

  it('are for all of the series where a rule wants that, and for the chosen objects where it names them', () => {
    const [all, some] = deliveries;
    const chosen = [
      { ...all, whole: true as const },
      { ...some, sopInstanceUids: [exampleSeries.sopInstanceUid(3)] },
    ];
    const decision = routed(2, { outcome: 'routed', deliveries: chosen as never }).data;
    expect(requestedAfter(withLateImage, decision)).toMatchObject([
      { instances: { afterSequence: 0, throughSequence: 7, count: 3 } },
      {
        instances: {
          afterSequence: 4,
          throughSequence: 7,
          count: 1,
          sopInstanceUids: [exampleSeries.sopInstanceUid(3)],
        },
      },
    ]);
  });

  it('say what is in a hurry', () => {
    const urgent = deliveries.map((delivery) => ({ ...delivery, priority: 'urgent' as const }));
    expect(requestedAfter(complete, routed(1, { deliveries: urgent }).data)).toMatchObject([
      { priority: 'urgent' },
      { priority: 'urgent' },
    ]);
  });

  it('are none where the series goes nowhere', () => {
    expect(requestedAfter(complete, routed(1).data)).toEqual([]);
  });

  it('cover every object exactly once over all revisions, as the decider itself counts them', () => {
    const { state } = given(seriesDecider)
      .when(storeInstance(1))
      .when(storeInstance(2))
      .when({ kind: 'complete-series', now: '2026-01-02T00:00:00.000Z' })
      .when(storeInstance(1))
      .when(storeInstance(3))
      .when(storeInstance(4))
      .when({ kind: 'complete-series', now: '2026-01-03T00:00:00.000Z' });
    expect([1, 2].map((revision) => deliveriesRequestedBy(known(state), decided(revision))[0]?.data.instances)).toEqual(
      [
        { afterSequence: 0, throughSequence: 4, count: 2 },
        { afterSequence: 4, throughSequence: 8, count: 2 },
      ],
    );
  });

  it('are events that the log would take', () => {
    for (const data of requestedAfter(complete, decided(1)))
      expect(DeliveryRequested.schema.safeParse(data).error).toBeUndefined();
  });

  it('are refused for a revision that the series does not have', () => {
    expect(() => requestedAfter(complete, decided(2))).toThrow('has 1 revisions, asked for revision 2');
  });
});
