import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import type { BinaryOperator } from './binary-operator.js';

/** The quotient rounded down. */
const floorDivide = (left: bigint, right: bigint): bigint => {
  const quotient = left / right;
  return left % right !== 0n && left < 0n !== right < 0n ? quotient - 1n : quotient;
};

/** Arithmetic of whole numbers without limits. Throws EvaluationFailure for a division by zero. */
export const onWholes = (operator: Exclude<BinaryOperator, '/'>, left: bigint, right: bigint): bigint => {
  if (right === 0n && (operator === '//' || operator === '%')) throw new EvaluationFailure('division by zero');
  switch (operator) {
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
