import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { kindOf } from './kind.js';
import { isNumber, numberOf } from './numeric.js';
import { isSequence, type Sequence, type Value } from './value.js';

const numberKey = (value: bigint | number): string =>
  typeof value === 'bigint' || !Number.isInteger(value) ? String(value) : String(BigInt(value));

/** A text that is the same for equal values and for no others. Throws EvaluationFailure for what no set can hold. */
export const keyOf = (value: Value): string => {
  if (typeof value === 'string') return `t${value}`;
  if (value === null) return 'N';
  if (isNumber(value)) return `n${numberKey(numberOf(value))}`;
  if (value.kind === 'list') throw new EvaluationFailure('a set cannot hold a list');
  const keys = value.items.map(keyOf);
  return `${value.kind}${JSON.stringify(value.kind === 'set' ? keys.toSorted() : keys)}`;
};

/** The items as a set: each once, in the order of first mention. Throws EvaluationFailure. */
export const setOf = (items: readonly Value[]): Sequence => {
  const byKey = new Map<string, Value>();
  for (const item of items) {
    const key = keyOf(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return { kind: 'set', items: [...byKey.values()] };
};

/** Whether a set holds a value. Throws EvaluationFailure for one that no set can hold. */
export const hasItem = (set: Sequence, value: Value): boolean => {
  const key = keyOf(value);
  return set.items.some((item) => keyOf(item) === key);
};

/** Whether every item of a set is one of another. */
export const isSubset = (left: Sequence, right: Sequence): boolean => {
  const keys = new Set(right.items.map(keyOf));
  return left.items.every((item) => keys.has(keyOf(item)));
};

/** Union, intersection, difference and symmetric difference, as Python writes them. */
export type SetOperator = '|' | '&' | '-' | '^';

/** The set of `left operator right`. */
export const combineSets = (operator: SetOperator, left: Sequence, right: Sequence): Sequence => {
  const within = (set: Sequence): ((item: Value) => boolean) => {
    const keys = new Set(set.items.map(keyOf));
    return (item) => keys.has(keyOf(item));
  };
  const [inLeft, inRight] = [within(left), within(right)];
  const onlyLeft = left.items.filter((item) => !inRight(item));
  switch (operator) {
    case '|':
      return setOf([...left.items, ...right.items]);
    case '&':
      return setOf(left.items.filter(inRight));
    case '-':
      return setOf(onlyLeft);
    case '^':
      return setOf([...onlyLeft, ...right.items.filter((item) => !inLeft(item))]);
  }
};

/** What a set can be made of. Throws EvaluationFailure. */
export const asSet = (name: string, value: Value): Sequence => {
  if (isSequence(value)) return value.kind === 'set' ? value : setOf(value.items);
  if (typeof value === 'string') return setOf(Array.from(value));
  throw new EvaluationFailure(`${name}() is not defined for ${kindOf(value)}`);
};
