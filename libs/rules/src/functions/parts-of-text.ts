import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { codePoints } from '../values/code-points.js';
import { checkLength } from '../values/limits.js';
import { isBlank } from './strip.js';

/** How often a part occurs without overlap; the empty part occurs around every character. */
export const countPart = (text: string, part: string): number =>
  part === '' ? codePoints(text).length + 1 : text.split(part).length - 1;

const cut = (text: string, separator: string, most: number): readonly string[] => {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(separator); at >= 0 && pieces.length < most; at = text.indexOf(separator, from)) {
    pieces.push(text.slice(from, at));
    from = at + separator.length;
  }
  return [...pieces, text.slice(from)];
};

/** The pieces between separators, cut at most `most` times. Throws EvaluationFailure for an empty separator. */
export const splitText = (text: string, separator: string, most: number): readonly string[] => {
  if (separator === '') throw new EvaluationFailure('split() takes no empty separator');
  const pieces = cut(text, separator, most);
  checkLength(pieces.length);
  return pieces;
};

/** The words between blanks, cut at most `most` times; the rest keeps its blanks. */
export const splitAtBlanks = (text: string, most: number): readonly string[] => {
  const characters = codePoints(text);
  const words: string[] = [];
  let word = '';
  for (const [index, character] of characters.entries()) {
    if (!isBlank(character)) {
      if (word === '' && words.length === most) return [...words, characters.slice(index).join('')];
      word += character;
    } else if (word !== '') {
      words.push(word);
      word = '';
    }
  }
  return word === '' ? words : [...words, word];
};

/** Puts `by` in the place of the first `most` occurrences of a part; the empty part lies around every character. */
export const replaceParts = (text: string, part: string, by: string, most: number): string => {
  const count = Math.min(most, countPart(text, part));
  checkLength(text.length + count * (by.length - part.length));
  if (part !== '') return cut(text, part, count).join(by);
  return codePoints(text)
    .map((character, index) => (index < count ? by + character : character))
    .concat(count > codePoints(text).length ? [by] : [])
    .join('');
};

const backwards = (text: string): string => codePoints(text).toReversed().join('');

/** The pieces between separators, cut at most `most` times from the end. Throws EvaluationFailure. */
export const splitTextFromRight = (text: string, separator: string, most: number): readonly string[] =>
  splitText(backwards(text), backwards(separator), most).map(backwards).toReversed();

/** The words between blanks, cut at most `most` times from the end; the rest keeps its blanks. */
export const splitAtBlanksFromRight = (text: string, most: number): readonly string[] =>
  splitAtBlanks(backwards(text), most).map(backwards).toReversed();

const lineEnds = new Set('\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029');

/** The lines of a text, with what ends them or without. */
export const splitLines = (text: string, keep: boolean): readonly string[] => {
  const lines: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (!lineEnds.has(text.charAt(at))) continue;
    const end = at;
    if (text.startsWith('\r\n', at)) at++;
    lines.push(text.slice(from, keep ? at + 1 : end));
    from = at + 1;
  }
  return from === text.length ? lines : [...lines, text.slice(from)];
};
