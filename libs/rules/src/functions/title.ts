import { codePoints } from '../values/code-points.js';
import { hasCase, isLower, isUpper } from './character-classes.js';

const raise = (character: string): string => {
  const [first = '', ...rest] = codePoints(character.toUpperCase());
  return first + rest.join('').toLowerCase();
};

/** Capitals at the beginning of every run of letters, small letters elsewhere: `ax t2_flair` is `Ax T2_Flair`. */
export const toTitle = (text: string): string => {
  const characters = codePoints(text);
  return characters
    .map((character, index) => (hasCase(characters[index - 1] ?? '') ? character.toLowerCase() : raise(character)))
    .join('');
};

/** A capital at the beginning, small letters elsewhere. */
export const capitalize = (text: string): string => {
  const [first = '', ...rest] = codePoints(text);
  return raise(first) + rest.join('').toLowerCase();
};

/** Capital letters small, and small ones capital. */
export const swapCase = (text: string): string =>
  codePoints(text)
    .map((character) =>
      isUpper(character) ? character.toLowerCase() : isLower(character) ? character.toUpperCase() : character,
    )
    .join('');

/** Whether capitals stand at the beginning of every run of letters and nowhere else. */
export const isTitle = (text: string): boolean => {
  let inWord = false;
  let found = false;
  for (const character of codePoints(text)) {
    if (hasCase(character)) {
      if (isUpper(character) === inWord) return false;
      found = true;
      inWord = true;
    } else inWord = false;
  }
  return found;
};
