import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import type { ArithmeticOperator } from './binary-operator.js';

/** A number as a decimal one. Throws EvaluationFailure where a whole number is too large. */
export const toDecimal = (value: bigint | number): number => {
  const decimal = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(decimal))
    throw new EvaluationFailure('the whole number is too large for a decimal number');
  return decimal;
};

/** Quotient rounded down and the remainder, which has the sign of the divisor. */
const floorDivide = (left: number, right: number): { quotient: number; remainder: number } => {
  const rest = left % right;
  const adjust = rest !== 0 && rest < 0 !== right < 0;
  const exact = (left - rest) / right - (adjust ? 1 : 0);
  const zero = left / right < 0 ? -0 : 0;
  return {
    quotient: exact === 0 ? zero : Math.round(exact),
    remainder: rest === 0 ? (right < 0 ? -0 : 0) : adjust ? rest + right : rest,
  };
};

/** Arithmetic as IEEE 754 has it. Throws EvaluationFailure for a division by zero. */
export const onDecimals = (operator: Exclude<ArithmeticOperator, '**'>, left: number, right: number): number => {
  if (right === 0 && (operator === '/' || operator === '//' || operator === '%'))
    throw new EvaluationFailure('division by zero');
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return floorDivide(left, right).quotient;
    case '%':
      return floorDivide(left, right).remainder;
  }
};
