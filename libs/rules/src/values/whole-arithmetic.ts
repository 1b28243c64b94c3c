import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import type { BinaryOperator } from './binary-operator.js';

/** The quotient rounded down. */
const floorDivide = (left: bigint, right: bigint): bigint => {
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
};

const furthestShift = 20_000n;

const shifted = (operator: '<<' | '>>', value: bigint, by: bigint): bigint => {
  if (by < 0n) throw new EvaluationFailure(`'${operator}' shifts by no number below 0`);
  if (operator === '>>') return value >> (by > furthestShift ? furthestShift : by);
  if (value !== 0n && by > furthestShift) throw new EvaluationFailure('the result would be too large');
  return value << (by > furthestShift ? 0n : by);
};

/** Arithmetic of whole numbers without limits. Throws EvaluationFailure for a division by zero. */
export const onWholes = (operator: Exclude<BinaryOperator, '/' | '**'>, left: bigint, right: bigint): bigint => {
  if (right === 0n && (operator === '//' || operator === '%')) throw new EvaluationFailure('division by zero');
  switch (operator) {
    case '<<':
    case '>>':
      return shifted(operator, left, right);
    case '^':
      return left ^ right;
    case '|':
      return left | right;
    case '&':
      return left & right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '//':
      return floorDivide(left, right);
    case '%':
      return left - right * floorDivide(left, right);
  }
};
