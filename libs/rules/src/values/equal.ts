import { isNumber, numberOf } from './numeric.js';
import { isSubset } from './set.js';
import { isSequence, type Value } from './value.js';

/** Equality as `==` has it: numbers by amount, everything else by kind and content; no iterator equals anything. */
export const areEqual = (left: Value, right: Value): boolean => {
  if (isNumber(left) && isNumber(right)) {
    const [a, b] = [numberOf(left), numberOf(right)];
    return a <= b && a >= b;
  }
  if (!isSequence(left) || !isSequence(right)) return left === right;
  if (left.kind !== right.kind || left.kind === 'iterator' || left.items.length !== right.items.length) return false;
  if (left.kind === 'set') return isSubset(left, right);
  return left.items.every((item, index) => areEqual(item, right.items[index] ?? null));
};
