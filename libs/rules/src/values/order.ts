import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { compareTexts } from './code-points.js';
import { areEqual } from './equal.js';
import { canOrder, kindOf } from './kind.js';
import { isNumber, numberOf } from './numeric.js';
import { isSubset } from './set.js';
import { isSequence, type Sequence, type Value } from './value.js';

export type OrderOperator = '<' | '<=' | '>' | '>=';

const decide = (operator: OrderOperator, left: bigint | number, right: bigint | number): boolean => {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
};

/** A set is less than another whose part it is. */
const orderSets = (operator: OrderOperator, left: Sequence, right: Sequence): boolean => {
  const [part, whole] = operator === '<' || operator === '<=' ? [left, right] : [right, left];
  const proper = operator === '<' || operator === '>';
  return isSubset(part, whole) && (!proper || part.items.length < whole.items.length);
};

/** Lists and tuples are ordered by the first items that differ, then by length. */
const orderSequences = (operator: OrderOperator, left: Sequence, right: Sequence): boolean => {
  if (left.kind === 'set') return orderSets(operator, left, right);
  const shorter = Math.min(left.items.length, right.items.length);
  for (let index = 0; index < shorter; index++) {
    const [a, b] = [left.items[index] ?? null, right.items[index] ?? null];
    if (!areEqual(a, b)) return isOrdered(operator, a, b);
  }
  return decide(operator, left.items.length, right.items.length);
};

/**
 * Whether `left operator right` holds. Text is ordered by code point, numbers by amount (nothing holds for nan).
 * Throws EvaluationFailure where the kinds have no order, for example text and a number.
 */
export const isOrdered = (operator: OrderOperator, left: Value, right: Value): boolean => {
  if (typeof left === 'string' && typeof right === 'string') return decide(operator, compareTexts(left, right), 0);
  if (isNumber(left) && isNumber(right)) return decide(operator, numberOf(left), numberOf(right));
  if (isSequence(left) && isSequence(right) && canOrder(kindOf(left), kindOf(right)))
    return orderSequences(operator, left, right);
  throw new EvaluationFailure(`'${operator}' cannot compare ${kindOf(left)} with ${kindOf(right)}`);
};
