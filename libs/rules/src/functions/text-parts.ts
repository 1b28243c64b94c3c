import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { checkLength } from '../values/limits.js';
import type { Sequence, Value } from '../values/value.js';
import { itemsFor, textFor, wholeFor } from './arguments.js';
import type { Operation } from './operation.js';
import {
  replaceParts,
  splitAtBlanks,
  splitAtBlanksFromRight,
  splitLines,
  splitText,
  splitTextFromRight,
} from './parts-of-text.js';
import { textMethod } from './text-method.js';
import { isTrue } from '../values/truth.js';

const one = { from: 1, to: 1 };

const limitFor = (name: string, value: Value | undefined): number => {
  if (value === undefined) return Infinity;
  const limit = wholeFor(name, value);
  return limit < 0n ? Infinity : Number(limit);
};

const list = (items: readonly string[]): Sequence => ({ kind: 'list', items });

const splitting = (
  name: string,
  atBlanks: (text: string, most: number) => readonly string[],
  at: (text: string, separator: string, most: number) => readonly string[],
): Operation =>
  textMethod(
    name,
    { from: 0, to: 2 },
    'a list',
    (text, [separator = null, limit]) => {
      const most = limitFor(name, limit);
      return list(separator === null ? atBlanks(text, most) : at(text, textFor(name, separator), most));
    },
    ['sep', 'maxsplit'],
  );

const partition = (name: string, find: (text: string, part: string) => number, missing: (text: string) => string[]) =>
  textMethod(name, one, 'a tuple', (text, [separator = null]) => {
    const part = textFor(name, separator);
    if (part === '') throw new EvaluationFailure(`${name}() takes no empty separator`);
    const at = find(text, part);
    const items = at < 0 ? missing(text) : [text.slice(0, at), part, text.slice(at + part.length)];
    return { kind: 'tuple', items };
  });

const join = textMethod('join', one, 'text', (text, [items = null]) => {
  const parts = itemsFor('join', items).map((item) => textFor('join', item));
  checkLength(parts.reduce((total, part) => total + part.length + text.length, 0));
  return parts.join(text);
});

const replace = textMethod('replace', { from: 2, to: 3 }, 'text', (text, [part = null, by = null, limit]) =>
  replaceParts(text, textFor('replace', part), textFor('replace', by), limitFor('replace', limit)),
);

/** Texts from the pieces of others. */
export const partsOfTextMethods: readonly Operation[] = [
  splitting('split', splitAtBlanks, splitText),
  splitting('rsplit', splitAtBlanksFromRight, splitTextFromRight),
  textMethod(
    'splitlines',
    { from: 0, to: 1 },
    'a list',
    (text, [keep = false]) => list(splitLines(text, isTrue(keep))),
    ['keepends'],
  ),
  partition(
    'partition',
    (text, part) => text.indexOf(part),
    (text) => [text, '', ''],
  ),
  partition(
    'rpartition',
    (text, part) => text.lastIndexOf(part),
    (text) => ['', '', text],
  ),
  join,
  replace,
];
