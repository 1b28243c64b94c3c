import { codePoints } from '../values/code-points.js';
import { kindOf } from '../values/kind.js';
import { isSequence, type Value } from '../values/value.js';
import { EvaluationFailure } from './evaluation-failure.js';

/** A whole number within what a position can be; text and lists are much shorter than that. */
const positionFrom = (value: Value): number => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'bigint') throw new EvaluationFailure(`a position is a whole number, not ${kindOf(value)}`);
  return Number(value);
};

const itemsOf = (subject: Value): readonly Value[] => {
  if (typeof subject === 'string') return codePoints(subject);
  if (isSequence(subject)) return subject.items;
  throw new EvaluationFailure(`${kindOf(subject)} has no positions`);
};

/** The character or item at a position; negative positions count from the end. Throws EvaluationFailure outside. */
export const itemAt = (subject: Value, position: Value): Value => {
  const item = itemsOf(subject).at(positionFrom(position));
  if (item === undefined) throw new EvaluationFailure('there is nothing at this position');
  return item;
};

/** The characters or items from one position up to another; what lies outside is left out. */
export const sliceOf = (subject: Value, from: Value, to: Value): Value => {
  const bounds = [from === null ? 0 : positionFrom(from), to === null ? undefined : positionFrom(to)] as const;
  if (isSequence(subject)) return { kind: subject.kind, items: subject.items.slice(...bounds) };
  if (typeof subject === 'string')
    return codePoints(subject)
      .slice(...bounds)
      .join('');
  throw new EvaluationFailure(`${kindOf(subject)} has no positions`);
};
