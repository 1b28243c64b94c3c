import { isSequence, type Value } from './value.js';

/** The kinds of value, in words that fit a sentence. */
export type Kind = 'text' | 'a whole number' | 'a decimal number' | 'a truth value' | 'None' | 'a list' | 'a tuple';

/** The kind of a value. */
export const kindOf = (value: Value): Kind => {
  if (value === null) return 'None';
  if (isSequence(value)) return value.kind === 'list' ? 'a list' : 'a tuple';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'bigint') return 'a whole number';
  return typeof value === 'number' ? 'a decimal number' : 'a truth value';
};

/** Numbers and truth values: Python counts True as 1 and False as 0. */
export const isNumeric = (kind: Kind): boolean =>
  kind === 'a whole number' || kind === 'a decimal number' || kind === 'a truth value';

/** Kinds that have a length, members and positions. */
export const isContainer = (kind: Kind): boolean => kind === 'text' || kind === 'a list' || kind === 'a tuple';

/** Whether values of these kinds can be equal at all. */
export const canEqual = (left: Kind, right: Kind): boolean => left === right || (isNumeric(left) && isNumeric(right));

/** Whether `<` and its like are defined between values of these kinds. */
export const canOrder = (left: Kind, right: Kind): boolean =>
  (isNumeric(left) && isNumeric(right)) || (left === right && isContainer(left));

/** Whether `in` is defined for an element and a container of these kinds. */
export const canContain = (element: Kind, container: Kind): boolean =>
  isContainer(container) && (container !== 'text' || element === 'text');
