import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weightOf } from './weight-of.js';

it('weighs a value by what is in it', () => {
  expect(weightOf('x'.repeat(1000))).toBeGreaterThan(1000);
  expect(weightOf(7)).toBe(0);
  expect(weightOf(null)).toBe(0);
  expect(weightOf({ a: 'x' })).toBeGreaterThan(weightOf('x'));
});

it('weighs nothing less for having more in it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(weightOf([one, other])).toBeGreaterThan(weightOf(one) + weightOf(other));
      expect(weightOf({ one, other })).toBe(weightOf([one, other]));
    }),
  );
});
