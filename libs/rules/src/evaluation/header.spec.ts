import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerOf } from './header.js';

const entries = [
  ['MODALITY', 'CT'],
  ['Modality', 'MR'],
  ['modality', 'US'],
] as const;

it('a name in any case finds itself first, then the first name in alphabetical order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...entries], { minLength: 3 }), (shuffled) => {
      const header = headerOf(Object.fromEntries(shuffled));
      expect(header.valueOf({ name: 'modality', matching: 'any-case' })).toBe('US');
      expect(header.valueOf({ name: 'mOdAlItY', matching: 'any-case' })).toBe('CT');
      expect(header.valueOf({ name: 'mOdAlItY', matching: 'exact' })).toBeUndefined();
    }),
  );
});

describe('what is in a sequence', () => {
  const header = headerOf({
    'RequestAttributesSequence[0].RequestedProcedureID': 'RP1',
    'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[1].CodeValue': 'C2',
  });

  it('is found by its path, in any case where the case does not matter', () => {
    const name = 'requestattributessequence[0].requestedprocedureid';
    expect(header.valueOf({ name, matching: 'any-case' })).toBe('RP1');
    expect(header.valueOf({ name, matching: 'exact' })).toBeUndefined();
    expect(header.valueOf({ name: 'RequestAttributesSequence', matching: 'any-case' })).toBeUndefined();
  });

  it('makes the sequence be there', () => {
    expect(header.has('RequestAttributesSequence')).toBe(true);
    expect(header.has('RequestAttributesSequence[0].ScheduledProtocolCodeSequence')).toBe(true);
    expect(header.has('RequestAttributesSequence[1]')).toBe(false);
    expect(header.has('RequestAttributes')).toBe(false);
    expect(header.has('')).toBe(false);
  });
});

it('finds an element by number in whatever case its digits are written', () => {
  const header = headerOf({ '(0019,xx0C,SIEMENS MR HEADER)': '1000', '0018,9AB1': 'x', '0009,10ab': 'as it was' });
  expect(header.valueOf({ name: '(0019,xx0c,SIEMENS MR HEADER)', matching: 'exact' })).toBe('1000');
  expect(header.valueOf({ name: '(0019,xx0c,Siemens MR Header)', matching: 'exact' })).toBeUndefined();
  expect(header.valueOf({ name: '0018,9ab1', matching: 'exact' })).toBe('x');
  expect(header.valueOf({ name: '0009,10ab', matching: 'exact' })).toBe('as it was');
  expect(header.has('(0019,xx0c,SIEMENS MR HEADER)')).toBe(true);
});
