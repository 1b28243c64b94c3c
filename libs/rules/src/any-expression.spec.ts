import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFacts, expression, facts, tags } from '../test/expressions.js';
import { KindChecker } from './check/kind-checker.js';
import { parseCondition } from './condition.js';
import { evaluateCondition } from './evaluation/evaluate-condition.js';
import { Evaluator } from './evaluation/evaluator.js';
import { headerOf } from './evaluation/header.js';
import { Meter } from './evaluation/meter.js';
import type { Expression } from './syntax/expression.js';
import { printExpression } from './syntax/print-expression.js';
import { kindOf } from './values/kind.js';
import type { Value } from './values/value.js';

/** The tree alone, without the places in the text. */
const treeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(treeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'at')
      .map(([key, inner]) => [key, treeOf(inner)]),
  );
};

const valueOf = (tree: Expression): Value | undefined => {
  try {
    return new Evaluator(
      { header: headerOf(facts), instances: () => [facts], holds: () => true },
      new Meter(10_000),
    ).valueOf(tree);
  } catch {
    return undefined;
  }
};

const runs = { numRuns: 500 };

describe('for every expression', { timeout: 60_000 }, () => {
  it('what is printed reads as the same expression', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(treeOf(parseCondition(printExpression(tree)).expression)).toEqual(treeOf(tree));
      }),
      runs,
    );
  });

  it('evaluation answers, whatever the facts are', () => {
    fc.assert(
      fc.property(expression, anyFacts, (tree, header) => {
        const result = evaluateCondition({ text: '', expression: tree }, header);
        expect(result.because).not.toBe('');
        if (result.failed !== undefined) expect(result.matched).toBe(false);
      }),
      runs,
    );
  });

  it('the order of the facts makes no difference', () => {
    const entries = [...Object.entries(facts), ['MODALITY', 'CT'] as const, ['modality', 'US'] as const];
    fc.assert(
      fc.property(expression, fc.shuffledSubarray(entries, { minLength: entries.length }), (tree, shuffled) => {
        const condition = { text: '', expression: tree };
        const inOrder = evaluateCondition(condition, Object.fromEntries(entries));
        expect(evaluateCondition(condition, Object.fromEntries(shuffled))).toEqual(inOrder);
      }),
      runs,
    );
  });

  it('nothing of an identity fact is shown', () => {
    const secret = Object.fromEntries(tags.map((keyword) => [keyword, 'ЖЖ']));
    fc.assert(
      fc.property(expression, (tree) => {
        const options = { identityKeywords: new Set(tags) };
        expect(JSON.stringify(evaluateCondition({ text: '', expression: tree }, secret, options))).not.toMatch(/Ж/i);
      }),
      runs,
    );
  });

  it('a kind that is known beforehand is the kind of the value', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const kind = new KindChecker().kindOf(tree);
        const value = valueOf(tree);
        if (kind !== 'anything' && value !== undefined) expect(kindOf(value)).toBe(kind);
      }),
      runs,
    );
  });
});
