import { isNumeric, type Kind } from './kind.js';

export type BitOperator = '|' | '&';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%';
export type BinaryOperator = BitOperator | ArithmeticOperator;

export const isBitOperator = (operator: BinaryOperator): operator is BitOperator =>
  operator === '|' || operator === '&';

const isWhole = (kind: Kind): boolean => kind === 'a whole number' || kind === 'a truth value';

/** The kind of `left operator right`; undefined where the operator is not defined for these kinds. */
export const binaryKind = (operator: BinaryOperator, left: Kind, right: Kind): Kind | undefined => {
  if (isBitOperator(operator)) {
    if (left === 'a truth value' && right === 'a truth value') return 'a truth value';
    return isWhole(left) && isWhole(right) ? 'a whole number' : undefined;
  }
  if (operator === '+' && left === right && !isNumeric(left)) return left === 'None' ? undefined : left;
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  return operator === '/' || !isWhole(left) || !isWhole(right) ? 'a decimal number' : 'a whole number';
};
