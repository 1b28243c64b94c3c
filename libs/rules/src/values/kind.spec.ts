import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../evaluation/compare.js';
import { applyBinary } from './apply-binary.js';
import { binaryKind } from './binary-operator.js';
import { areEqual } from './equal.js';
import { canContain, canEqual, canOrder, kindOf } from './kind.js';
import type { Value } from './value.js';

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('', 'a', 'ab'),
    fc.bigInt({ min: -3n, max: 3n }),
    fc.constantFrom(0, -0, 1, 1.5, -2, Infinity, Number.NaN),
    fc.boolean(),
    fc.constant(null),
    fc.record({
      kind: fc.constantFrom('list' as const, 'tuple' as const),
      items: fc.array(tie('value'), { maxLength: 3 }),
    }),
  ),
}));

const attempt = <T>(compute: () => T): T | undefined => {
  try {
    return compute();
  } catch {
    return undefined;
  }
};

describe('what is known of kinds holds for their values', () => {
  it('in arithmetic', () => {
    const operator = fc.constantFrom('|', '&', '+', '-', '*', '/', '//', '%');
    fc.assert(
      fc.property(value, operator, value, (left, sign, right) => {
        const result = attempt(() => applyBinary(sign, left, right));
        const kind = binaryKind(sign, kindOf(left), kindOf(right));
        expect(result === undefined ? undefined : kindOf(result)).toBe(result === undefined ? undefined : kind);
      }),
      { numRuns: 2000 },
    );
  });

  it('in equality, order and membership', () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        const kinds = [kindOf(left), kindOf(right)] as const;
        if (!canEqual(...kinds)) expect(areEqual(left, right)).toBe(false);
        if (!canOrder(...kinds)) expect(attempt(() => compare('<', left, right))).toBeUndefined();
        if (!canContain(...kinds)) expect(attempt(() => compare('in', left, right))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
