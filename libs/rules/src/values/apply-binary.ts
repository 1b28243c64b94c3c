import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { isBitOperator, type BinaryOperator } from './binary-operator.js';
import { onDecimals, toDecimal } from './decimal-arithmetic.js';
import { kindOf } from './kind.js';
import { checkLength, checkWhole } from './limits.js';
import { isNumber, numberOf, type Numeric } from './numeric.js';
import { isSequence, type Value } from './value.js';
import { onWholes } from './whole-arithmetic.js';

const onNumbers = (operator: BinaryOperator, left: Numeric, right: Numeric): Value | undefined => {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (operator !== '/' && typeof a === 'bigint' && typeof b === 'bigint') {
    const result = checkWhole(onWholes(operator, a, b));
    return isBitOperator(operator) && typeof left === 'boolean' && typeof right === 'boolean' ? result === 1n : result;
  }
  return isBitOperator(operator) ? undefined : onDecimals(operator, toDecimal(a), toDecimal(b));
};

const joined = (left: Value, right: Value): Value | undefined => {
  if (typeof left === 'string' && typeof right === 'string') {
    checkLength(left.length + right.length);
    return left + right;
  }
  if (!isSequence(left) || !isSequence(right) || left.kind !== right.kind) return undefined;
  checkLength(left.items.length + right.items.length);
  return { kind: left.kind, items: [...left.items, ...right.items] };
};

/** The value of `left operator right`. Throws EvaluationFailure where it is not defined. */
export const applyBinary = (operator: BinaryOperator, left: Value, right: Value): Value => {
  const numbers = isNumber(left) && isNumber(right) ? onNumbers(operator, left, right) : undefined;
  const result = numbers ?? (operator === '+' ? joined(left, right) : undefined);
  if (result === undefined)
    throw new EvaluationFailure(`'${operator}' is not defined for ${kindOf(left)} and ${kindOf(right)}`);
  return result;
};
