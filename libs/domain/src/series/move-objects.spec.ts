import { ObjectsMoved } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type { MoveObjects } from './series-command.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesState } from './series-state.js';

const { opened, stored, conflicted, completed, moved, duplicated, object, spooled, sopInstanceUid, sha256 } =
  exampleSeries;
const spooledImage = (number: number) => stored(number, { object: spooled(number) });
const reached = (number: number, hash = number) => ({
  sopInstanceUid: sopInstanceUid(number),
  sha256: sha256(hash),
  key: object(hash).key,
});
const move = (...objects: MoveObjects['objects'][number][]): MoveObjects => ({ kind: 'move-objects', objects });
const objectOfImage = (state: SeriesState, number: number) =>
  state.status === 'unknown' ? undefined : state.instances.get(sopInstanceUid(number))?.object;

describe('objects that leave a spool', () => {
  it('are one event for a batch, which says how many are left', () => {
    given(seriesDecider, [opened(), spooledImage(1), spooledImage(2), spooledImage(3)])
      .thenState({ spooled: 3 })
      .when(move(reached(1), reached(3)))
      .then([moved([1, 3], 1)])
      .thenState({ spooled: 1 })
      .thenState((state) => {
        expect(objectOfImage(state, 1)).toEqual(object(1));
        expect(objectOfImage(state, 2)).toEqual(spooled(2));
      });
  });

  it('are no news where they are known to be in the object store, or not known at all', () => {
    given(seriesDecider, [opened(), spooledImage(1), stored(2), moved([1], 0)])
      .when(move(reached(1), reached(2), reached(3)))
      .then([]);
    given(seriesDecider)
      .when(move(reached(1)))
      .then([]);
  });

  it('count once where several copies of one reach the object store', () => {
    given(seriesDecider, [opened(), spooledImage(1), duplicated(1), spooledImage(2)])
      .when(move(reached(1), reached(1)))
      .then([moved([1], 1)]);
  });

  it('are found under another key where they got another', () => {
    const key = 'objects/00/other.dcm';
    given(seriesDecider, [opened(), spooledImage(1)])
      .when(move({ ...reached(1), key }))
      .then([ObjectsMoved.of({ objects: [{ ...moved([1], 0).data.objects[0], key } as never], remaining: 0 })])
      .thenState((state) => expect(objectOfImage(state, 1)).toEqual({ ...object(1), key }));
  });

  it('may be those that came under a known UID with other bytes', () => {
    const conflict = { ...conflicted(1, 7).data, object: { ...spooled(7) } };
    given(seriesDecider, [opened(), stored(1), { ...conflicted(1, 7), data: conflict }])
      .thenState({ spooled: 1 })
      .when(move(reached(1, 7)))
      .thenState({ spooled: 0 })
      .thenState((state) =>
        expect(state.status === 'unknown' ? undefined : state.conflicts.get(sha256(7))?.object).toEqual(object(7)),
      );
  });
});

describe('a series with objects in a spool', () => {
  it('does not complete, however long nothing arrives', () => {
    given(seriesDecider, [opened(), spooledImage(1), stored(2)])
      .when({ kind: 'complete-series', now: '2027-01-01T00:00:00.000Z' })
      .then([]);
  });

  it('has no timer until the last object left the spool; then one that counts from the last arrival', () => {
    const history = [opened(), spooledImage(1), spooledImage(2)];
    given(seriesDecider, history).thenDue(undefined);
    given(seriesDecider, [...history, moved([1], 1)]).thenDue(undefined);
    given(seriesDecider, [...history, moved([1], 1), moved([2], 0)])
      .thenDue({ queue: 'series-quiet', since: '2026-01-01T00:00:02.000Z', afterMs: 10_000 })
      .when({ kind: 'complete-series', now: '2026-01-01T00:00:12.000Z' })
      .thenState({ status: 'complete' });
  });

  it('has its timer again when a late object left the spool', () => {
    const late = [opened(), stored(1), completed(1), spooledImage(2)];
    given(seriesDecider, late).thenState({ status: 'receiving' }).thenDue(undefined);
    given(seriesDecider, [...late, moved([2], 0)]).thenDue({
      queue: 'series-quiet',
      since: '2026-01-01T00:00:03.000Z',
      afterMs: 10_000,
    });
  });

  it('stays complete where what is moved is a conflict that came behind the completion', () => {
    const conflict = { ...conflicted(1, 7), data: { ...conflicted(1, 7).data, object: spooled(7) } };
    given(seriesDecider, [opened(), stored(1), completed(1), conflict])
      .when(move(reached(1, 7)))
      .thenState({ status: 'complete', spooled: 0 })
      .thenDue(undefined);
  });
});
