import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { isBitOperator, type BinaryOperator } from './binary-operator.js';
import { onDecimals, toDecimal } from './decimal-arithmetic.js';
import { kindOf } from './kind.js';
import { checkLength, checkWhole } from './limits.js';
import { isNumber, numberOf, type Numeric } from './numeric.js';
import { power } from './power.js';
import { combineSets } from './set.js';
import { sizeOf } from './size-of.js';
import { isSequence, type Value } from './value.js';
import { onWholes } from './whole-arithmetic.js';

const onNumbers = (operator: BinaryOperator, left: Numeric, right: Numeric): Value | undefined => {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (operator === '**') return power(a, b);
  if (operator !== '/' && typeof a === 'bigint' && typeof b === 'bigint') {
    const result = checkWhole(onWholes(operator, a, b));
    const truth = typeof left === 'boolean' && typeof right === 'boolean';
    return truth && (operator === '|' || operator === '&' || operator === '^') ? result === 1n : result;
  }
  return isBitOperator(operator) ? undefined : onDecimals(operator, toDecimal(a), toDecimal(b));
};

const joined = (left: Value, right: Value): Value | undefined => {
  if (typeof left === 'string' && typeof right === 'string') {
    checkLength(left.length + right.length);
    return left + right;
  }
  if (!isSequence(left) || !isSequence(right) || left.kind !== right.kind) return undefined;
  if (left.kind !== 'list' && left.kind !== 'tuple') return undefined;
  checkLength(left.items.length + right.items.length);
  return { kind: left.kind, items: [...left.items, ...right.items] };
};

const repeated = (left: Value, right: Value): Value | undefined => {
  const [subject, by] = isNumber(left) ? [right, left] : [left, right];
  const count = isNumber(by) ? numberOf(by) : undefined;
  if (typeof count !== 'bigint') return undefined;
  const times = count < 0n ? 0 : Number(count);
  if (typeof subject === 'string') {
    checkLength(subject.length * times);
    return subject.repeat(subject === '' ? 0 : times);
  }
  if (!isSequence(subject) || (subject.kind !== 'list' && subject.kind !== 'tuple')) return undefined;
  checkLength(sizeOf(subject) * times);
  const { items } = subject;
  return { kind: subject.kind, items: items.length === 0 ? [] : Array.from({ length: times }, () => items).flat() };
};

const onOthers = (operator: BinaryOperator, left: Value, right: Value): Value | undefined => {
  if (operator === '+') return joined(left, right);
  if (operator === '*') return repeated(left, right);
  const sets = isSequence(left) && isSequence(right) && left.kind === 'set' && right.kind === 'set';
  if (!sets || (operator !== '|' && operator !== '&' && operator !== '-' && operator !== '^')) return undefined;
  checkLength(left.items.length + right.items.length);
  return combineSets(operator, left, right);
};

/** The value of `left operator right`. Throws EvaluationFailure where it is not defined. */
export const applyBinary = (operator: BinaryOperator, left: Value, right: Value): Value => {
  const result = isNumber(left) && isNumber(right) ? onNumbers(operator, left, right) : onOthers(operator, left, right);
  if (result === undefined)
    throw new EvaluationFailure(`'${operator}' is not defined for ${kindOf(left)} and ${kindOf(right)}`);
  return result;
};
