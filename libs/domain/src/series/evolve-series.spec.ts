import { exampleSeries, given, recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';
import type { KnownSeries, SeriesState } from './series-state.js';

const { opened, stored, duplicated, conflicted, completed, routed, discarded, object, identity, source } =
  exampleSeries;
const { sopInstanceUid, sha256, headerFromSender } = exampleSeries;

const known = (state: SeriesState): KnownSeries => {
  if (state.status === 'unknown') throw new Error('the series is unknown');
  return state;
};
const second = (n: number) => `2026-01-01T00:00:0${n}.000Z`;

describe('a series', () => {
  it('begins with what its first object says', () => {
    given(seriesDecider, [opened()]).thenState({
      status: 'receiving',
      seriesInstanceUid: exampleSeries.seriesInstanceUid,
      studyInstanceUid: exampleSeries.studyInstanceUid,
      source,
      identity,
      header: headerFromSender(1),
      quietPeriodMs: 10_000,
      duplicates: 0,
      spooled: 0,
      completions: [],
      decisions: [],
      openedAt: second(0),
      receivingSince: second(0),
      lastReceivedAt: second(0),
      lastArrivalPosition: 1,
    });
  });

  it('knows which event was its last arrival, wherever that is in the log', () => {
    const at = (event: SeriesEvent, sequence: number, position: number) => recorded(event, { sequence, position });
    const arrived = [at(opened(), 1, 40), at(stored(1), 2, 41), at(stored(2), 3, 47)];
    given(seriesDecider, arrived).thenState({ lastArrivalPosition: 47 });
    given(seriesDecider, [...arrived, at(duplicated(1), 4, 50)]).thenState({ lastArrivalPosition: 50 });
    given(seriesDecider, [...arrived, at(conflicted(1, 7), 4, 51)]).thenState({ lastArrivalPosition: 51 });
    const complete = [...arrived, at(completed(1), 4, 60)];
    given(seriesDecider, complete).thenState({ lastArrivalPosition: 47 });
    given(seriesDecider, [...complete, at(duplicated(1), 5, 70)]).thenState({ lastArrivalPosition: 47 });
    given(seriesDecider, [...complete, at(stored(3), 5, 71)]).thenState({ lastArrivalPosition: 71 });
  });

  it('remembers every object with its place in the stream', () => {
    const other = exampleSeries.sealedIdentity(2).instanceStored;
    const { instances } = known(given(seriesDecider, [opened(), stored(1), stored(2, { identity: other })]).state);
    expect(Object.fromEntries(instances)).toEqual({
      [sopInstanceUid(1)]: {
        sopInstanceUid: sopInstanceUid(1),
        sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
        transferSyntaxUid: '1.2.840.10008.1.2.1',
        object: object(1),
        sequence: 2,
        headerChanges: {},
      },
      [sopInstanceUid(2)]: expect.objectContaining({
        sequence: 3,
        headerChanges: { InstanceNumber: '2' },
        identity: other,
      }) as unknown,
    });
  });

  it('takes the time of arrival from the database, not from the sender', () => {
    const event = recorded(stored(1), { sequence: 2, recordedtime: second(5), time: second(1) });
    given(seriesDecider, [opened(), event]).thenState({ lastReceivedAt: second(5) });
  });

  it('is held open by whatever arrives while it is receiving', () => {
    given(seriesDecider, [opened(), stored(1), duplicated(1)]).thenState({ lastReceivedAt: second(2), duplicates: 1 });
    given(seriesDecider, [opened(), stored(1), conflicted(1, 7)]).thenState({ lastReceivedAt: second(2) });
  });

  it('keeps both objects of a conflict', () => {
    const { instances, conflicts } = known(given(seriesDecider, [opened(), stored(1), conflicted(1, 7)]).state);
    expect(instances.get(sopInstanceUid(1))?.object).toEqual(object(1));
    expect(conflicts.get(sha256(7))).toEqual({ sopInstanceUid: sopInstanceUid(1), object: object(7) });
  });

  it('is complete after its completion, which covers what was stored before', () => {
    given(seriesDecider, [opened(), stored(1), completed(1, { digest: sha256(9) })]).thenState({
      status: 'complete',
      completions: [{ revision: 1, sequence: 3, instances: 1, digest: sha256(9) }],
    });
  });

  it('receives again when an object comes late, counted from then', () => {
    given(seriesDecider, [opened(), stored(1), completed(1), stored(2)]).thenState({
      status: 'receiving',
      openedAt: second(0),
      receivingSince: second(3),
      lastReceivedAt: second(3),
    });
  });

  it('does not begin a new round with every object', () => {
    given(seriesDecider, [opened(), stored(1), completed(1), stored(2), stored(3)]).thenState({
      receivingSince: second(3),
      lastReceivedAt: second(4),
    });
  });

  it('remembers what was decided about each revision, without the explanation', () => {
    const deliveries = [{ delivery: 'd1', target: 'archive', rules: ['All'] }];
    given(seriesDecider, [opened(), stored(1), completed(1), routed(1, { outcome: 'routed', deliveries })]).thenState({
      status: 'complete',
      decisions: [
        { revision: 1, outcome: 'routed', configuration: { version: 1, sha256: sha256(0xc04f) }, deliveries },
      ],
    });
  });

  it('remembers only by which rule when it is discarded: the decision has said the rest already', () => {
    const before = given(seriesDecider, [opened(), stored(1), completed(1), routed(1, { outcome: 'discarded' })]).state;
    const event = discarded(1);
    expect(seriesDecider.evolve(before, recorded(event, { sequence: 5 }))).toEqual({
      ...before,
      discardedBy: event.data.rule,
    });
  });

  it('stays unknown until it is opened', () => {
    given(seriesDecider, [stored(1), duplicated(1), conflicted(1, 7), completed(1), routed(1), discarded(1)])
      .thenState({ status: 'unknown' })
      .thenDue(undefined);
  });
});
