import { describe, expect, it } from 'vitest';
import { assertByteRange } from './byte-range.js';

describe('assertByteRange', () => {
  it.each([{ offset: 0 }, { offset: 0, length: 0 }, { offset: 5, length: 7 }])('accepts %j', (range) => {
    expect(() => assertByteRange(range)).not.toThrow();
  });

  it.each([{ offset: -1 }, { offset: 0.5 }, { offset: Number.NaN }, { offset: 0, length: -1 }, { offset: 2 ** 60 }])(
    'refuses %j',
    (range) => {
      expect(() => assertByteRange(range)).toThrow(expect.objectContaining({ code: 'object-store.invalid-range' }));
    },
  );
});
