import { seriesDecider, type SeriesState } from '@waystation/domain';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { judgeSpooled } from './judge-spooled.js';
import { labelText, parseLabel } from './object-label.js';

const { opened, stored, conflicted, moved, spooled, object, sopInstanceUid, sha256, seriesInstanceUid } = exampleSeries;
const label = { seriesInstanceUid, sopInstanceUid: sopInstanceUid(1) };
const bytes = { sha256: sha256(1), size: object(1).size };
const inSpool = given(seriesDecider, [opened(), stored(1, { object: spooled(1) })]).state;
const inStore = given(seriesDecider, [opened(), stored(1, { object: spooled(1) }), moved([1], 0)]).state;
const verdictOf = (state: SeriesState | undefined, isSettled: boolean, of = bytes) =>
  judgeSpooled(of, label, state, isSettled).verdict;

describe('An object that lies in a spool', () => {
  it.each([true, false])('is moved where the log says that it is there (settled: %s)', (isSettled) => {
    expect(judgeSpooled(bytes, label, inSpool, isSettled)).toEqual({ verdict: 'move', label, known: spooled(1) });
  });

  it.each([true, false])(
    'is done with where the log says that it is in the object store (settled: %s)',
    (isSettled) => {
      expect(verdictOf(inStore, isSettled)).toBe('done');
    },
  );

  it.each([
    ['of which nothing is known', undefined],
    ['whose series is unknown', seriesDecider.initial],
    ['whose series has others', given(seriesDecider, [opened(), stored(2)]).state],
  ])('is waited for as long as the log may come to know of it: one %s', (_which, state) => {
    expect(verdictOf(state, false)).toBe('wait');
    expect(verdictOf(state, true)).toBe('done');
  });

  it('is not what the log describes where its file has another length', () => {
    expect(verdictOf(inSpool, false, { ...bytes, size: 7 })).toBe('wait');
  });

  it('is moved as well where it came under a known UID with other bytes', () => {
    const conflict = { ...conflicted(1, 7), data: { ...conflicted(1, 7).data, object: spooled(7) } };
    const { state } = given(seriesDecider, [opened(), stored(1), conflict]);
    expect(verdictOf(state, true, { sha256: sha256(7), size: object(7).size })).toBe('move');
    expect(verdictOf(state, true)).toBe('done');
  });
});

describe('The label of an object', () => {
  it('says where the log speaks of it', () => {
    expect(parseLabel(labelText(label))).toEqual(label);
  });

  it.each(['', '1.2', '1.2_', '1.2_1.3_1.4', 'a_b', '1..2_1.3'])('is not read out of %j', (text) => {
    expect(parseLabel(text)).toBeUndefined();
  });
});
