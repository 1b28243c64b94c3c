import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { checkLength } from '../values/limits.js';
import { isSequence, type Sequence, type Value } from '../values/value.js';
import { itemsFor, undefinedFor, wholeFor } from './arguments.js';
import type { Operation } from './operation.js';

const iterator = (items: readonly Value[]): Sequence => ({ kind: 'iterator', items });

const range = (values: readonly Value[]): Sequence => {
  const [first = 0n, second, by = 1n] = values.map((value) => wholeFor('range', value));
  const [from, to] = second === undefined ? [0n, first] : [first, second];
  if (by === 0n) throw new EvaluationFailure('range() takes no step of 0');
  const count = by > 0n ? (to - from + by - 1n) / by : (from - to - by - 1n) / -by;
  checkLength(Number(count));
  const items = Array.from({ length: Math.max(0, Number(count)) }, (_, index) => from + BigInt(index) * by);
  return { kind: 'range', items };
};

const reversed = ([value = null]: readonly Value[]): Sequence => {
  if (isSequence(value) && (value.kind === 'set' || value.kind === 'iterator')) throw undefinedFor('reversed', value);
  return iterator(itemsFor('reversed', value).toReversed());
};

/** A list, unlike in Python, where it is gone through only: asteval makes one of it. */
const enumerate = ([value = null, start = 0n]: readonly Value[]): Sequence => {
  const from = wholeFor('enumerate', start);
  const items = itemsFor('enumerate', value);
  return {
    kind: 'list',
    items: items.map((item, index) => ({ kind: 'tuple', items: [from + BigInt(index), item] })),
  };
};

const zip = (values: readonly Value[]): Sequence => {
  const all = values.map((value) => itemsFor('zip', value));
  const length = all.length === 0 ? 0 : Math.min(...all.map((items) => items.length));
  const at = (index: number): Sequence => ({ kind: 'tuple', items: all.map((items) => items[index] ?? null) });
  return iterator(Array.from({ length }, (_, index) => at(index)));
};

/** Several values from others. */
export const sequences: readonly Operation[] = [
  {
    name: 'range',
    takes: { from: 1, to: 3 },
    returns: 'a range',
    apply: range,
    cost: (values) => {
      const [first = null, second = null] = values;
      const size = Number(typeof second === 'bigint' ? second : 0) - Number(typeof first === 'bigint' ? first : 0);
      return Math.min(100_000, Math.abs(size)) / 100;
    },
  },
  { name: 'reversed', takes: { from: 1, to: 1 }, returns: 'an iterator', apply: reversed },
  {
    name: 'enumerate',
    takes: { from: 1, to: 2 },
    parameters: ['iterable', 'start'],
    returns: 'a list',
    apply: enumerate,
  },
  { name: 'zip', takes: { from: 0, to: 10 }, returns: 'an iterator', apply: zip },
];
