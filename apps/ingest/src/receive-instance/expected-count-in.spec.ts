import type { SeparatedFacts } from '@waystation/dicom';
import { expect, it } from 'vitest';
import { expectedCountIn } from './expected-count-in.js';

const read = (header: SeparatedFacts['header'], identity: SeparatedFacts['identity'] = {}) => ({ header, identity });

it.each([
  ['120', 120],
  [' 7 ', 7],
  ['+012', 12],
  ['0', undefined],
  ['-3', undefined],
  ['12\\12', undefined],
  ['1.5', undefined],
  ['many', undefined],
  ['', undefined],
  ['12345678', undefined],
])('reads %j as %j objects', (text, count) => {
  expect(expectedCountIn(read({ ImagesInAcquisition: text }), 'ImagesInAcquisition')).toBe(count);
});

it('is in an element that somebody asked for beside the header', () => {
  expect(expectedCountIn(read({}, { '(0019,xx0C,MAKER)': '12' }), '(0019,xx0C,MAKER)')).toBe(12);
});

it.each(['PatientID', 'AccessionNumber', 'RequestAttributesSequence[0].RequestedProcedureID'])(
  'is never in %s, which says who somebody is',
  (keyword) => {
    expect(expectedCountIn(read({}, { [keyword]: '4711' }), keyword)).toBeUndefined();
  },
);

it('is nowhere where nobody says it', () => {
  expect(expectedCountIn(read({}), 'ImagesInAcquisition')).toBeUndefined();
});
