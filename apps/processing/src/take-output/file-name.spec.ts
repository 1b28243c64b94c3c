import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from './file-name.js';

const isAllowed = /^[A-Za-z0-9_-][A-Za-z0-9 ._-]*(\/[A-Za-z0-9_-][A-Za-z0-9 ._-]*)*$/;

describe('fileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['masks/lung left.nii.gz', 'masks/lung left.nii.gz'],
    ['.complete', '_complete'],
    ['Müller/ä#1.txt', 'M_ller/__1.txt'],
  ])('makes %j %j', (name, expected) => {
    expect(fileName(name, new Set())).toBe(expected);
  });

  it('gives no name twice', () => {
    const taken = new Set<string>();
    expect(['ä', 'ö', 'ü'].map((name) => fileName(name, taken))).toEqual(['_', '_-2', '_-3']);
  });

  it('makes of every name one that can be kept', () => {
    const part = fc.string({ minLength: 1, maxLength: 255 }).filter((text) => !text.includes('/'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        expect(fileName(parts.join('/'), new Set())).toMatch(isAllowed);
      }),
    );
  });
});
