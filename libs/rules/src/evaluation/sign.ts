import type { Unary } from '../syntax/expression.js';
import { kindOf } from '../values/kind.js';
import { isNumber, numberOf } from '../values/numeric.js';
import type { Value } from '../values/value.js';
import { EvaluationFailure } from './evaluation-failure.js';

/** A number with the sign before it, or with every bit turned. Throws EvaluationFailure. */
export const applySign = (operator: Unary['operator'], value: Value): bigint | number => {
  const number = isNumber(value) ? numberOf(value) : undefined;
  if (number === undefined || (operator === '~' && typeof number !== 'bigint'))
    throw new EvaluationFailure(`'${operator}' is not defined for ${kindOf(value)}`);
  if (operator === '~') return -BigInt(number) - 1n;
  return operator === '-' ? -number : number;
};
