import fc from 'fast-check';
import { functions } from '../src/functions/functions.js';
import { methods } from '../src/functions/methods.js';
import type { Operation } from '../src/functions/operation.js';
import type { Expression, Link, TagValue } from '../src/syntax/expression.js';
import { nameOfResult } from '../src/syntax/result-name.js';
import type { Scalar } from '../src/values/value.js';

const path = 'ProcedureCodeSequence[0].CodeValue';
const privately = '(0019,xx0C,SIEMENS MR HEADER)';

/** Names of facts that expressions ask for. */
export const tags = ['Modality', 'SliceThickness', 'SeriesNumber', 'Empty', 'ImageType', path];

/** Facts to ask them about. */
export const facts: Readonly<Record<string, string>> = {
  [path]: 'C1',
  [privately]: '1000',
  Modality: 'MR',
  SliceThickness: '3.5',
  SeriesNumber: '12',
  Empty: '',
  ImageType: 'ORIGINAL\\M 😀',
};

/** Names that expressions may give to other rules. */
export const ruleNames = ['one', 'two', 'three'];

const at = fc.constant(0);
const kind = <const K extends Expression['kind']>(value: K) => fc.constant<K>(value);

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.constantFrom('', 'M', 'MR', '12', '3.5', ' ', '\\'),
  fc.string({ maxLength: 4, unit: 'binary' }),
  fc.bigInt({ min: 0n, max: 10n ** 20n }),
  fc.bigInt({ min: 0n, max: 5n }),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
  fc.boolean(),
  fc.constant(null),
);
const literalOf = <V extends Scalar>(values: fc.Arbitrary<V>) =>
  fc.record({ kind: kind('literal'), value: values, at });
const literal = literalOf(scalar);
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...tags) },
  fc.constantFrom('Missing', '0008,0060', 'in', 'ProcedureCodeSequence', privately),
);
const known = fc.constantFrom(...tags, 'Missing', '0008,0060', 'in', privately);
const tag: fc.Arbitrary<TagValue> = fc.oneof(
  fc.record({
    kind: kind('tag'),
    name: fc.oneof(name, fc.string({ minLength: 1, maxLength: 3 })),
    matching: fc.constant('exact' as const),
    at,
  }),
  fc.record({ kind: kind('tag'), name: known, matching: fc.constant('required' as const), at }),
  fc.record({
    kind: kind('tag'),
    name: fc.constantFrom(...tags, 'modality', 'in'),
    matching: fc.constant('any-case' as const),
    at,
  }),
  fc.record({
    kind: kind('tag'),
    name: fc
      .oneof(fc.constantFrom('nodules', 'lung volume', 'in'), fc.string({ minLength: 1, maxLength: 3 }))
      .map(nameOfResult),
    matching: fc.constant('result' as const),
    at,
  }),
);
const presenceOf = (part: fc.Arbitrary<Expression>) =>
  fc.record({ kind: kind('presence'), name: fc.oneof(literalOf(name), part), negated: fc.boolean(), at });

type Part = fc.Arbitrary<Expression>;
const several = (part: Part, minLength: number, maxLength: number) => fc.array(part, { minLength, maxLength });

const sequenceOf = (part: Part) =>
  fc.oneof(
    fc.record({
      kind: kind('sequence'),
      sequence: fc.constantFrom('list', 'tuple'),
      items: several(part, 0, 3),
      at,
    }),
    fc.record({ kind: kind('sequence'), sequence: fc.constant('set' as const), items: several(part, 1, 3), at }),
  );

const comparisonOf = (part: Part) => {
  const constant = fc.constantFrom(true, false, null).map((value) => ({ kind: 'literal' as const, value, at: 0 }));
  const link = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        operator: fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in', 'not in'),
        operand: part,
      }),
    },
    fc.record({ operator: fc.constantFrom('is', 'is not'), operand: constant }),
  ) satisfies fc.Arbitrary<Link>;
  return fc.record({
    kind: kind('comparison'),
    first: part,
    links: fc.array(link, { minLength: 1, maxLength: 2 }),
    at,
  });
};

const operation = (part: Part, table: ReadonlyMap<string, Operation>) =>
  fc
    .constantFrom(...[...table.values()].filter((one) => one.name !== 'matches'))
    .chain(({ name: operationName, takes }) =>
      fc.record({
        name: fc.constant(operationName),
        arguments: several(part, takes.from, Math.min(takes.to, takes.from + 2)),
      }),
    );

const callOf = (part: Part) =>
  fc.oneof(
    { weight: 4, arbitrary: operation(part, functions).map((call) => ({ kind: 'function' as const, ...call, at: 0 })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.oneof(tag, part), operation(part, methods))
        .map(([subject, call]) => ({ kind: 'method' as const, subject, ...call, at: 0 })),
    },
    fc.record({
      kind: kind('function'),
      name: fc.constant('matches'),
      arguments: fc.tuple(part, literalOf(fc.constantFrom('^M', '(A|B)+$', '\\d*', '[[:alpha:]]'))),
      at,
    }),
    fc.record({
      kind: kind('each'),
      how: fc.constantFrom('map', 'filter'),
      operation: fc.oneof(
        fc.record({ kind: fc.constant('function' as const), name: fc.constantFrom('float', 'int', 'len', 'bool') }),
        fc.record({ kind: fc.constant('method' as const), name: fc.constantFrom('lower', 'isdigit', 'split') }),
      ),
      over: part,
      at,
    }),
  );

const placeOf = (part: Part) => {
  const subject = fc.oneof(tag, part);
  const bound = fc.option(part, { nil: undefined });
  return fc.oneof(
    fc.record({ kind: kind('index'), subject, index: part, at }),
    fc.record({ kind: kind('slice'), subject, from: bound, to: bound, step: bound, at }),
  );
};

const arithmeticOf = (part: Part) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: kind('binary'),
        operator: fc.constantFrom('|', '^', '&', '<<', '>>', '+', '-', '*', '/', '//', '%', '**'),
        left: part,
        right: part,
        at,
      }),
    },
    fc.record({ kind: kind('unary'), operator: fc.constantFrom('-', '+', '~'), operand: part, at }),
  );

const trees = (others: (part: Part) => readonly Part[]): Part =>
  fc.letrec<{ expression: Expression }>((tie) => {
    const part = tie('expression');
    return {
      expression: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        { weight: 5, arbitrary: fc.oneof(tag, literal) },
        presenceOf(part),
        fc.record({ kind: kind('exists'), tag, at }),
        fc.record({ kind: kind('header-size'), at }),
        sequenceOf(part),
        {
          weight: 3,
          arbitrary: fc.record({
            kind: kind('logical'),
            operator: fc.constantFrom('and', 'or'),
            operands: several(part, 2, 3),
            at,
          }),
        },
        { weight: 2, arbitrary: fc.record({ kind: kind('not'), operand: part, at }) },
        { weight: 4, arbitrary: comparisonOf(part) },
        { weight: 3, arbitrary: arithmeticOf(part) },
        { weight: 5, arbitrary: callOf(part) },
        { weight: 2, arbitrary: placeOf(part) },
        ...others(part),
      ),
    };
  }).expression;

/** Any expression that looks at nothing but tags. */
export const expressionOnTags: fc.Arbitrary<Expression> = trees(() => []);

/** Any expression of the rule language. */
export const expression: fc.Arbitrary<Expression> = trees(() => [
  fc.record({
    kind: kind('instances'),
    quantifier: fc.constantFrom('any', 'all', 'count'),
    condition: expressionOnTags,
    at,
  }),
  fc.record({
    kind: kind('series'),
    what: fc.oneof(fc.constant('count' as const), fc.record({ values: fc.constantFrom(...tags) })),
    at,
  }),
  fc.record({ kind: kind('rule'), name: fc.constantFrom(...ruleNames, 'nobody'), at }),
]);

/** Facts of any names, among them those that expressions ask for. */
export const anyFacts = fc.dictionary(
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...tags, 'MODALITY', 'Missing') }, fc.string()),
  fc.oneof(fc.constantFrom('', 'MR', 'M', '12', '3.5', 'x'.repeat(500)), fc.string({ unit: 'binary' })),
);
