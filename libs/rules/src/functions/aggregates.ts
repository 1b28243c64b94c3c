import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { applyBinary } from '../values/apply-binary.js';
import { isOrdered } from '../values/order.js';
import { isTrue } from '../values/truth.js';
import { isSequence, type Value } from '../values/value.js';
import { itemsFor, undefinedFor } from './arguments.js';
import type { Operation } from './operation.js';

const once = { from: 1, to: 1 };

const extreme = (name: string, operator: '<' | '>'): Operation => ({
  name,
  takes: { from: 1, to: 100 },
  returns: 'anything',
  apply: (values) => {
    const [first = null] = values;
    const [start, ...rest] = values.length === 1 ? itemsFor(name, first) : values;
    if (start === undefined) throw new EvaluationFailure(`${name}() of nothing`);
    let found = start;
    for (const candidate of rest) if (isOrdered(operator, candidate, found)) found = candidate;
    return found;
  },
});

const length = ([value = null]: readonly Value[]): Value => {
  if (isSequence(value) && value.kind === 'iterator') throw undefinedFor('len', value);
  return BigInt(itemsFor('len', value).length);
};

const sum = ([value = null, start = 0n]: readonly Value[]): Value => {
  if (typeof start === 'string') throw undefinedFor('sum', start);
  let total: Value = start;
  for (const item of itemsFor('sum', value)) total = applyBinary('+', total, item);
  return total;
};

const sorted = ([value = null, reverse = false]: readonly Value[]): Value => {
  const compare = (left: Value, right: Value): number =>
    isOrdered('<', left, right) ? -1 : isOrdered('<', right, left) ? 1 : 0;
  const items = itemsFor('sorted', value);
  // What comes last of equals comes first the other way round, as Python has it: equals keep their order.
  const inOrder = isTrue(reverse) ? items.toSorted((left, right) => compare(right, left)) : items.toSorted(compare);
  return { kind: 'list', items: inOrder };
};

/** Of several values one. */
export const aggregates: readonly Operation[] = [
  { name: 'len', takes: once, returns: 'a whole number', apply: length },
  extreme('min', '<'),
  extreme('max', '>'),
  { name: 'sum', takes: { from: 1, to: 2 }, parameters: ['iterable', 'start'], returns: 'anything', apply: sum },
  {
    name: 'all',
    takes: once,
    returns: 'a truth value',
    apply: ([value = null]) => itemsFor('all', value).every(isTrue),
  },
  {
    name: 'any',
    takes: once,
    returns: 'a truth value',
    apply: ([value = null]) => itemsFor('any', value).some(isTrue),
  },
  {
    name: 'sorted',
    takes: { from: 1, to: 2 },
    parameters: ['iterable', 'reverse'],
    returns: 'a list',
    apply: sorted,
    cost: ([value = null]) => (isSequence(value) ? value.items.length : 0),
  },
];
