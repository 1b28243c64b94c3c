import { codePoints } from '../values/code-points.js';
import { isOrderedContainer, kindOf } from '../values/kind.js';
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
  if (isSequence(subject) && isOrderedContainer(kindOf(subject))) return subject.items;
  throw new EvaluationFailure(`${kindOf(subject)} has no positions`);
};

/** The character or item at a position; negative positions count from the end. Throws EvaluationFailure outside. */
export const itemAt = (subject: Value, position: Value): Value => {
  const item = itemsOf(subject).at(positionFrom(position));
  if (item === undefined) throw new EvaluationFailure('there is nothing at this position');
  return item;
};

const stepFrom = (value: Value): number => {
  const step = value === null ? 1 : positionFrom(value);
  if (step === 0) throw new EvaluationFailure('the step of a slice is not 0');
  return step;
};

/** The items from one position up to another, every so many; what lies outside is left out. */
const stepped = <T>(items: readonly T[], from: Value, to: Value, step: number): readonly T[] => {
  const [lowest, highest] = step > 0 ? [0, items.length] : [-1, items.length - 1];
  const bound = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const position = positionFrom(value);
    const counted = position < 0 ? position + items.length : position;
    return Math.min(highest, Math.max(lowest, counted));
  };
  const first = bound(from, step > 0 ? lowest : highest);
  const last = bound(to, step > 0 ? highest : lowest);
  const found: T[] = [];
  for (let at = first; step > 0 ? at < last : at > last; at += step) found.push(...items.slice(at, at + 1));
  return found;
};

/** The characters or items from one position up to another. Throws EvaluationFailure. */
export const sliceOf = (subject: Value, from: Value, to: Value, step: Value): Value => {
  const every = stepFrom(step);
  if (typeof subject === 'string') return stepped(codePoints(subject), from, to, every).join('');
  if (isSequence(subject) && isOrderedContainer(kindOf(subject)))
    return { kind: subject.kind, items: stepped(subject.items, from, to, every) };
  throw new EvaluationFailure(`${kindOf(subject)} has no positions`);
};
