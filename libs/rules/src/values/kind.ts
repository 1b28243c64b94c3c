import { isSequence, type Sequence, type Value } from './value.js';

const sequenceKinds = {
  list: 'a list',
  tuple: 'a tuple',
  set: 'a set',
  range: 'a range',
  iterator: 'an iterator',
} as const satisfies Record<Sequence['kind'], string>;

/** The kinds of value, in words that fit a sentence. */
export type Kind =
  'text' | 'a whole number' | 'a decimal number' | 'a truth value' | 'None' | (typeof sequenceKinds)[Sequence['kind']];

/** The kind of several values of one kind of sequence. */
export const kindOfSequence = (kind: Sequence['kind']): Kind => sequenceKinds[kind];

/** The kind of a value. */
export const kindOf = (value: Value): Kind => {
  if (value === null) return 'None';
  if (isSequence(value)) return sequenceKinds[value.kind];
  if (typeof value === 'string') return 'text';
  if (typeof value === 'bigint') return 'a whole number';
  return typeof value === 'number' ? 'a decimal number' : 'a truth value';
};

/** Numbers and truth values: Python counts True as 1 and False as 0. */
export const isNumeric = (kind: Kind): boolean =>
  kind === 'a whole number' || kind === 'a decimal number' || kind === 'a truth value';

/** Kinds that have members. */
export const isContainer = (kind: Kind): boolean => kind !== 'None' && !isNumeric(kind);

/** Kinds that have positions. */
export const isOrderedContainer = (kind: Kind): boolean =>
  isContainer(kind) && kind !== 'a set' && kind !== 'an iterator';

/** Whether values of these kinds can be equal at all. */
export const canEqual = (left: Kind, right: Kind): boolean =>
  (left === right && left !== 'an iterator') || (isNumeric(left) && isNumeric(right));

/** Whether `<` and its like are defined between values of these kinds. */
export const canOrder = (left: Kind, right: Kind): boolean =>
  (isNumeric(left) && isNumeric(right)) ||
  (left === right && (left === 'text' || left === 'a list' || left === 'a tuple' || left === 'a set'));

/** Whether `in` is defined for an element and a container of these kinds. */
export const canContain = (element: Kind, container: Kind): boolean =>
  isContainer(container) && (container !== 'text' || element === 'text');
