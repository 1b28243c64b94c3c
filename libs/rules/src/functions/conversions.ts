import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { codePoints } from '../values/code-points.js';
import { represent } from '../values/represent.js';
import { asSet } from '../values/set.js';
import { isTrue } from '../values/truth.js';
import type { Sequence, Value } from '../values/value.js';
import { itemsFor, textFor, wholeFor } from './arguments.js';
import type { Operation } from './operation.js';
import { toDecimalNumber, toWhole, toWholeInBase } from './to-number.js';

const perhapsOne = { from: 0, to: 1 };
const one = { from: 1, to: 1 };

const gathering = (name: string, kind: 'list' | 'tuple'): Operation => ({
  name,
  takes: perhapsOne,
  returns: kind === 'list' ? 'a list' : 'a tuple',
  apply: ([value]): Sequence => ({ kind, items: value === undefined ? [] : itemsFor(name, value) }),
});

const setting = (name: string): Operation => ({
  name,
  takes: perhapsOne,
  returns: 'a set',
  apply: ([value]) => (value === undefined ? { kind: 'set', items: [] } : asSet(name, value)),
});

const int = ([value = 0n, base]: readonly Value[]): Value =>
  base === undefined ? toWhole(value) : toWholeInBase(textFor('int', value), wholeFor('int', base));

const inBase = (name: string, prefix: string, base: number): Operation => ({
  name,
  takes: one,
  returns: 'text',
  apply: ([value = null]) => {
    const number = wholeFor(name, value);
    return `${number < 0n ? '-' : ''}${prefix}${(number < 0n ? -number : number).toString(base)}`;
  },
});

const character = (value: Value): string => {
  const code = wholeFor('chr', value);
  if (code < 0n || code > 0x10ffffn) throw new EvaluationFailure('there is no character of this number');
  return String.fromCodePoint(Number(code));
};

const codeOf = (value: Value): bigint => {
  const [first, ...more] = codePoints(textFor('ord', value));
  if (first === undefined || more.length > 0) throw new EvaluationFailure('ord() takes one character');
  return BigInt(first.codePointAt(0) ?? 0);
};

/** From one kind of value to another. */
export const conversions: readonly Operation[] = [
  {
    name: 'float',
    takes: perhapsOne,
    returns: 'a decimal number',
    apply: ([value = 0n]) => toDecimalNumber(value),
  },
  { name: 'int', takes: { from: 0, to: 2 }, parameters: ['x', 'base'], returns: 'a whole number', apply: int },
  {
    name: 'str',
    takes: perhapsOne,
    returns: 'text',
    apply: ([value = '']) => (typeof value === 'string' ? value : represent(value)),
  },
  { name: 'repr', takes: one, returns: 'text', apply: ([value = null]) => represent(value) },
  { name: 'bool', takes: perhapsOne, returns: 'a truth value', apply: ([value = null]) => isTrue(value) },
  gathering('list', 'list'),
  gathering('tuple', 'tuple'),
  setting('set'),
  setting('frozenset'),
  { name: 'chr', takes: one, returns: 'text', apply: ([value = null]) => character(value) },
  { name: 'ord', takes: one, returns: 'a whole number', apply: ([value = null]) => codeOf(value) },
  inBase('hex', '0x', 16),
  inBase('oct', '0o', 8),
  inBase('bin', '0b', 2),
];
