import { isNumeric, type Kind } from './kind.js';

export type BitOperator = '|' | '^' | '&' | '<<' | '>>';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type BinaryOperator = BitOperator | ArithmeticOperator;

export const isBitOperator = (operator: BinaryOperator): operator is BitOperator =>
  operator === '|' || operator === '^' || operator === '&' || operator === '<<' || operator === '>>';

const isWhole = (kind: Kind): boolean => kind === 'a whole number' || kind === 'a truth value';
const isRepeatable = (kind: Kind): boolean => kind === 'text' || kind === 'a list' || kind === 'a tuple';

const onBits = (operator: BitOperator, left: Kind, right: Kind): Kind | undefined => {
  if (!isWhole(left) || !isWhole(right)) return undefined;
  const shifts = operator === '<<' || operator === '>>';
  return left === right && left === 'a truth value' && !shifts ? left : 'a whole number';
};

const repeated = (left: Kind, right: Kind): Kind | undefined => {
  if (isRepeatable(left) && isWhole(right)) return left;
  return isRepeatable(right) && isWhole(left) ? right : undefined;
};

/** The kind of `left operator right`; undefined where the operator is not defined for these kinds. */
export const binaryKind = (operator: BinaryOperator, left: Kind, right: Kind): Kind | 'anything' | undefined => {
  const sets = left === 'a set' && right === 'a set';
  if (sets && (operator === '|' || operator === '&' || operator === '^' || operator === '-')) return 'a set';
  if (isBitOperator(operator)) return onBits(operator, left, right);
  if (operator === '+' && left === right && isRepeatable(left)) return left;
  if (operator === '*' && !(isNumeric(left) && isNumeric(right))) return repeated(left, right);
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  const wholes = isWhole(left) && isWhole(right);
  if (operator === '**' && wholes) return 'anything';
  return operator === '/' || !wholes ? 'a decimal number' : 'a whole number';
};
