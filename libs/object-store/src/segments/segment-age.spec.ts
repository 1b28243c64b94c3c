import { expect, it } from 'vitest';
import { isAtRest, isWrittenOut, segmentName } from './segment-age.js';

const name = segmentName(new Date('2026-02-27T23:59:59.000Z'), '0a1b2c3d-1');
const at = (day: string) => new Date(`${day}T00:00:00.000Z`);

it('A segment is written to on the day in its name and on the next', () => {
  expect(name).toBe('2026-02-27-0a1b2c3d-1');
  expect(['2026-02-27', '2026-02-28', '2026-03-01'].map((day) => isWrittenOut(name, at(day)))).toEqual([
    false,
    false,
    true,
  ]);
});

it('It is at rest days after the last moment at which anybody may have written to it', () => {
  expect(['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => isAtRest(name, at(day)))).toEqual([
    false,
    false,
    true,
  ]);
});

it('A file that is not named after a day is never at rest', () => {
  expect(isAtRest('backup-of-segment', at('2099-01-01'))).toBe(false);
});
