import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { codePoints } from '../values/code-points.js';
import { areEqual } from '../values/equal.js';
import { isSequence, type Value } from '../values/value.js';
import { textFor, undefinedFor, wholeFor } from './arguments.js';
import type { Operation } from './operation.js';
import { countPart } from './parts-of-text.js';
import { textMethod } from './text-method.js';

const some = { from: 1, to: 3 };

interface Window {
  readonly text: string;
  /** Characters before it. */
  readonly from: number;
  /** Whether it lies in the text at all: even the empty part is not found behind its end. */
  readonly inside: boolean;
}

/** What lies between the bounds that `find` and its like take. */
const windowOf = (name: string, text: string, [start = null, end = null]: readonly Value[]): Window => {
  if (start === null && end === null) return { text, from: 0, inside: true };
  const characters = codePoints(text);
  const bound = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const place = Number(wholeFor(name, value));
    return place < 0 ? Math.max(0, place + characters.length) : place;
  };
  const [from, to] = [bound(start, 0), Math.min(bound(end, characters.length), characters.length)];
  const inside = from <= characters.length && from <= to;
  return { text: inside ? characters.slice(from, to).join('') : '', from, inside };
};

const place = (name: string, text: string, [part = null, ...bounds]: readonly Value[], last: boolean): number => {
  const wanted = textFor(name, part);
  const window = windowOf(name, text, bounds);
  const at = last ? window.text.lastIndexOf(wanted) : window.text.indexOf(wanted);
  return at < 0 || !window.inside ? -1 : window.from + codePoints(window.text.slice(0, at)).length;
};

const finding = (name: string, last: boolean): Operation =>
  textMethod(name, some, 'a whole number', (text, values) => BigInt(place(name, text, values, last)));

const lastPlace = textMethod('rindex', some, 'a whole number', (text, values) => {
  const at = place('rindex', text, values, true);
  if (at < 0) throw new EvaluationFailure('rindex() found nothing');
  return BigInt(at);
});

const testingEnd = (name: string, test: (text: string, part: string) => boolean): Operation =>
  textMethod(name, some, 'a truth value', (text, [parts = null, ...bounds]) => {
    const wanted = isSequence(parts) && parts.kind === 'tuple' ? parts.items : [parts];
    const window = windowOf(name, text, bounds);
    return wanted.map((part) => textFor(name, part)).some((part) => window.inside && test(window.text, part));
  });

const searchable = ['text', 'a list', 'a tuple', 'a range'] as const;

const count: Operation = {
  name: 'count',
  takes: some,
  returns: 'a whole number',
  on: searchable,
  apply: ([subject = null, wanted = null, ...bounds]) => {
    if (typeof subject === 'string') {
      const window = windowOf('count', subject, bounds);
      const part = textFor('count', wanted);
      return BigInt(window.inside ? countPart(window.text, part) : 0);
    }
    if (!isSequence(subject) || subject.kind === 'set' || subject.kind === 'iterator' || bounds.length > 0)
      throw undefinedFor('count', subject);
    return BigInt(subject.items.filter((item) => areEqual(item, wanted)).length);
  },
};

const index: Operation = {
  name: 'index',
  takes: some,
  returns: 'a whole number',
  on: searchable,
  apply: ([subject = null, wanted = null, ...bounds]) => {
    let at: number;
    if (typeof subject === 'string') at = place('index', subject, [wanted, ...bounds], false);
    else if (!isSequence(subject) || subject.kind === 'set' || subject.kind === 'iterator' || bounds.length > 0)
      throw undefinedFor('index', subject);
    else at = subject.items.findIndex((item) => areEqual(item, wanted));
    if (at < 0) throw new EvaluationFailure('index() found nothing');
    return BigInt(at);
  },
};

/** Where and how often something is in a text or a list. */
export const searches: readonly Operation[] = [
  testingEnd('startswith', (text, part) => text.startsWith(part)),
  testingEnd('endswith', (text, part) => text.endsWith(part)),
  finding('find', false),
  finding('rfind', true),
  lastPlace,
  count,
  index,
];
