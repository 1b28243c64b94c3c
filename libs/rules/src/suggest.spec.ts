import { expect, it } from 'vitest';
import { suggest } from './suggest.js';

it.each([
  ['flota', 'float'],
  ['FLOAT', 'float'],
  ['rund', 'round'],
  ['lenn', 'len'],
  ['mni', 'min'],
  ['xyz', undefined],
  ['', undefined],
  ['float'.repeat(20), undefined],
])('%s is most like %s', (word, expected) => {
  expect(suggest(word, ['float', 'len', 'min', 'max', 'round'])).toBe(expected);
});

it('prefers the closest to the first', () => {
  expect(suggest('StudyDat', ['StudyDay', 'StudyDate', 'StudyID'])).toBe('StudyDay');
  expect(suggest('StudyDate', ['StudyDay', 'StudyDates', 'SeriesDate'])).toBe('StudyDates');
});
