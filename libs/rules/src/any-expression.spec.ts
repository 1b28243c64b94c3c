import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KindChecker } from './check/kind-checker.js';
import { parseCondition } from './condition.js';
import { evaluateCondition } from './evaluation/evaluate-condition.js';
import { Evaluator } from './evaluation/evaluator.js';
import { Header } from './evaluation/header.js';
import { Meter } from './evaluation/meter.js';
import { functions } from './functions/functions.js';
import { methods } from './functions/methods.js';
import type { Operation } from './functions/operation.js';
import type { Expression } from './syntax/expression.js';
import { printExpression } from './syntax/print-expression.js';
import { kindOf } from './values/kind.js';
import type { Scalar, Value } from './values/value.js';

const path = 'ProcedureCodeSequence[0].CodeValue';
const privately = '(0019,xx0C,SIEMENS MR HEADER)';
const tags = ['Modality', 'SliceThickness', 'SeriesNumber', 'Empty', 'ImageType', path];
const facts = {
  [path]: 'C1',
  [privately]: '1000',
  Modality: 'MR',
  SliceThickness: '3.5',
  SeriesNumber: '12',
  Empty: '',
  ImageType: 'ORIGINAL\\M 😀',
};
const at = fc.constant(0);

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.constantFrom('', 'M', 'MR', '12', '3.5', ' ', '\\'),
  fc.string({ maxLength: 4, unit: 'binary' }),
  fc.bigInt({ min: 0n, max: 10n ** 20n }),
  fc.bigInt({ min: 0n, max: 5n }),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
  fc.boolean(),
  fc.constant(null),
);
const literal = fc.record({ kind: fc.constant('literal' as const), value: scalar, at });
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...tags) },
  fc.constantFrom('Missing', '0008,0060', 'in', privately),
);
const tag = fc.oneof(
  fc.record({
    kind: fc.constant('tag' as const),
    name: fc.oneof(name, fc.string({ minLength: 1, maxLength: 3 })),
    matching: fc.constant('exact' as const),
    at,
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    name: fc.constantFrom(...tags, 'modality', 'in'),
    matching: fc.constant('any-case' as const),
    at,
  }),
);

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const part = tie('expression');
  const parts = (minLength: number, maxLength: number) => fc.array(part, { minLength, maxLength });
  const operation = (table: ReadonlyMap<string, Operation>) =>
    fc.constantFrom(...table.values()).chain(({ name: operationName, takes }) =>
      fc.record({
        name: fc.constant(operationName),
        arguments: parts(takes.from, Math.min(takes.to, takes.from + 2)),
      }),
    );
  const kind = <const K extends Expression['kind']>(value: K) => fc.constant<K>(value);
  const subject = fc.oneof(tag, part);
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      { weight: 4, arbitrary: fc.oneof(tag, literal) },
      fc.record({
        kind: kind('presence'),
        name: fc.oneof(
          name.map((value) => ({ kind: 'literal' as const, value, at: 0 })),
          part,
        ),
        negated: fc.boolean(),
        at,
      }),
      fc.record({ kind: kind('sequence'), sequence: fc.constantFrom('list', 'tuple'), items: parts(0, 3), at }),
      fc.record({ kind: kind('logical'), operator: fc.constantFrom('and', 'or'), operands: parts(2, 3), at }),
      fc.record({ kind: kind('not'), operand: part, at }),
      {
        weight: 3,
        arbitrary: fc.record({
          kind: kind('comparison'),
          first: part,
          links: fc.array(
            fc.record({ operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', 'not in'), operand: part }),
            { minLength: 1, maxLength: 2 },
          ),
          at,
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: kind('binary'),
          operator: fc.constantFrom('|', '&', '+', '-', '*', '/', '//', '%'),
          left: part,
          right: part,
          at,
        }),
      },
      fc.record({ kind: kind('unary'), operator: fc.constantFrom('-', '+'), operand: part, at }),
      { weight: 3, arbitrary: operation(functions).map((call) => ({ kind: 'function' as const, ...call, at: 0 })) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(subject, operation(methods))
          .map(([called, call]) => ({ kind: 'method' as const, subject: called, ...call, at: 0 })),
      },
      fc.record({ kind: kind('index'), subject, index: part, at }),
      fc.record({
        kind: kind('slice'),
        subject,
        from: fc.option(part, { nil: undefined }),
        to: fc.option(part, { nil: undefined }),
        at,
      }),
    ),
  };
});

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
    return new Evaluator(new Header(facts), new Meter(10_000)).valueOf(tree);
  } catch {
    return undefined;
  }
};

const runs = { numRuns: 500 };

describe('for every expression', () => {
  it('what is printed reads as the same expression', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(treeOf(parseCondition(printExpression(tree)).expression)).toEqual(treeOf(tree));
      }),
      runs,
    );
  });

  it('evaluation answers, whatever the facts are', () => {
    const anyFacts = fc.dictionary(fc.oneof(fc.constantFrom(...tags), fc.string()), fc.string({ unit: 'binary' }));
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
