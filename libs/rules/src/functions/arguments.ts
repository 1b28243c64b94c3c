import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { codePoints } from '../values/code-points.js';
import { kindOf } from '../values/kind.js';
import { isNumber, numberOf } from '../values/numeric.js';
import { isSequence, type Value } from '../values/value.js';

/** Why an operation has no answer for a value. */
export const undefinedFor = (name: string, value: Value): EvaluationFailure =>
  new EvaluationFailure(`${name}() is not defined for ${kindOf(value)}`);

/** The text that an operation needs. Throws EvaluationFailure. */
export const textFor = (name: string, value: Value): string => {
  if (typeof value === 'string') return value;
  throw undefinedFor(name, value);
};

/** The number that an operation needs. Throws EvaluationFailure. */
export const numberFor = (name: string, value: Value): bigint | number => {
  if (!isNumber(value)) throw undefinedFor(name, value);
  return numberOf(value);
};

/** The whole number that an operation needs. Throws EvaluationFailure. */
export const wholeFor = (name: string, value: Value): bigint => {
  const number = numberFor(name, value);
  if (typeof number === 'bigint') return number;
  throw undefinedFor(name, value);
};

/** The items of several values, or the characters of a text. Throws EvaluationFailure. */
export const itemsFor = (name: string, value: Value): readonly Value[] => {
  if (typeof value === 'string') return codePoints(value);
  if (isSequence(value)) return value.items;
  throw undefinedFor(name, value);
};
