import { codePoints } from '../values/code-points.js';
import {
  hasCase,
  isAll,
  isDecimal,
  isDigit,
  isLetter,
  isLower,
  isNumericCharacter,
  isUpper,
} from './character-classes.js';
import type { Operation } from './operation.js';
import { isBlank } from './strip.js';
import { plainMethod } from './text-method.js';
import { capitalize, isTitle, swapCase, toTitle } from './title.js';

const question = (name: string, apply: (text: string) => boolean): Operation =>
  plainMethod(name, 'a truth value', apply);

/** Some character has a case, and all that have one have this. */
const isAllIn = (text: string, belongs: (character: string) => boolean): boolean => {
  const cased = codePoints(text).filter(hasCase);
  return cased.length > 0 && cased.every(belongs);
};

const fold = (text: string): string =>
  codePoints(text)
    .map((character) => character.toLowerCase().toUpperCase().toLowerCase())
    .join('');

/** Small and capital letters, and what the characters of a text are. */
export const casesOfText: readonly Operation[] = [
  plainMethod('lower', 'text', (text) => text.toLowerCase()),
  plainMethod('upper', 'text', (text) => text.toUpperCase()),
  plainMethod('casefold', 'text', fold),
  plainMethod('title', 'text', toTitle),
  plainMethod('capitalize', 'text', capitalize),
  plainMethod('swapcase', 'text', swapCase),
  question('islower', (text) => isAllIn(text, isLower)),
  question('isupper', (text) => isAllIn(text, isUpper)),
  question('istitle', isTitle),
  question('isdigit', (text) => isAll(text, isDigit)),
  question('isdecimal', (text) => isAll(text, isDecimal)),
  question('isnumeric', (text) => isAll(text, isNumericCharacter)),
  question('isalpha', (text) => isAll(text, isLetter)),
  question('isalnum', (text) => isAll(text, (character) => isLetter(character) || isNumericCharacter(character))),
  question('isspace', (text) => isAll(text, isBlank)),
  question('isascii', (text) => /^\p{ASCII}*$/u.test(text)),
  question('isprintable', (text) => !/(?! )[\p{C}\p{Z}]/u.test(text)),
];
