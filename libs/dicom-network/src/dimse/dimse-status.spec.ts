import { describe, expect, it } from 'vitest';
import { dimseStatus, isFailure, isSuccess, isWarning } from './dimse-status.js';
import { dimseStatuses } from './dimse-statuses.js';

describe('a DIMSE status', () => {
  it.each([
    [0x0000, 'success', '0x0000 success'],
    [0xb000, 'warning', '0xB000 coercion of data elements'],
    [0xb006, 'warning', '0xB006 elements discarded'],
    [0xb007, 'warning', '0xB007 data set does not match SOP class, stored all the same'],
    [0x0107, 'warning', '0x0107'],
    [0xa700, 'failure', '0xA700 out of resources'],
    [0xa7ff, 'failure', '0xA7FF out of resources'],
    [0xa901, 'failure', '0xA901 data set does not match SOP class'],
    [0xcfff, 'failure', '0xCFFF cannot understand'],
    [0x0122, 'failure', '0x0122 SOP class not supported'],
    [0x0fff, 'failure', '0x0FFF'],
  ])('%i is a %s', (code, kind, words) => {
    expect([isSuccess(code), isWarning(code), isFailure(code)]).toEqual([
      kind === 'success',
      kind === 'warning',
      kind === 'failure',
    ]);
    expect(dimseStatus(code)).toBe(words);
  });

  it('has one meaning and names its clause', () => {
    const all = Object.values(dimseStatuses);
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    expect(all.filter(({ clause }) => !/^PS3\.[47] /.test(clause))).toEqual([]);
  });
});
