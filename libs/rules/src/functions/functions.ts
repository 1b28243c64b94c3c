import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { codePoints } from '../values/code-points.js';
import { kindOf } from '../values/kind.js';
import { isNumber, numberOf } from '../values/numeric.js';
import { isOrdered } from '../values/order.js';
import { represent } from '../values/represent.js';
import { isTrue } from '../values/truth.js';
import { isSequence, type Value } from '../values/value.js';
import { operationsByName, type Operation } from './operation.js';
import { roundHalfEven, roundToPlaces } from './round.js';
import { toDecimalNumber, toWhole } from './to-number.js';

const once = { from: 1, to: 1 };

const itemsOf = (name: string, value: Value): readonly Value[] => {
  if (typeof value === 'string') return codePoints(value);
  if (isSequence(value)) return value.items;
  throw new EvaluationFailure(`${name}() is not defined for ${kindOf(value)}`);
};

const numberFor = (name: string, value: Value): bigint | number => {
  if (!isNumber(value)) throw new EvaluationFailure(`${name}() is not defined for ${kindOf(value)}`);
  return numberOf(value);
};

const absolute = (value: bigint | number): Value => {
  if (typeof value === 'number') return Math.abs(value);
  return value < 0n ? -value : value;
};

const extreme =
  (name: string, operator: '<' | '>') =>
  (values: readonly Value[]): Value => {
    const [first = null] = values;
    const candidates = values.length === 1 ? itemsOf(name, first) : values;
    const [start, ...rest] = candidates;
    if (start === undefined) throw new EvaluationFailure(`${name}() of nothing`);
    let found = start;
    for (const candidate of rest) if (isOrdered(operator, candidate, found)) found = candidate;
    return found;
  };

const round = ([value = null, places = null]: readonly Value[]): Value => {
  const number = numberFor('round', value);
  if (places === null) return typeof number === 'bigint' ? number : roundHalfEven(number);
  const kept = numberFor('round', places);
  if (typeof kept !== 'bigint') throw new EvaluationFailure('round() takes a whole number of decimal places');
  return typeof number === 'bigint' && kept >= 0n ? number : roundToPlaces(Number(number), kept);
};

const all: readonly Operation[] = [
  { name: 'float', takes: once, returns: 'a decimal number', apply: ([value = null]) => toDecimalNumber(value) },
  { name: 'int', takes: once, returns: 'a whole number', apply: ([value = null]) => toWhole(value) },
  {
    name: 'str',
    takes: once,
    returns: 'text',
    apply: ([value = null]) => (typeof value === 'string' ? value : represent(value)),
  },
  { name: 'bool', takes: once, returns: 'a truth value', apply: ([value = null]) => isTrue(value) },
  {
    name: 'len',
    takes: once,
    returns: 'a whole number',
    apply: ([value = null]) => BigInt(itemsOf('len', value).length),
  },
  { name: 'abs', takes: once, returns: 'anything', apply: ([value = null]) => absolute(numberFor('abs', value)) },
  { name: 'min', takes: { from: 1, to: 100 }, returns: 'anything', apply: extreme('min', '<') },
  { name: 'max', takes: { from: 1, to: 100 }, returns: 'anything', apply: extreme('max', '>') },
  { name: 'round', takes: { from: 1, to: 2 }, returns: 'anything', apply: round },
];

/** The functions a rule can call: what Python's functions of these names do, and nothing else. */
export const functions = operationsByName(all);
