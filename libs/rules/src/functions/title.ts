import { codePoints } from '../values/code-points.js';

const hasCase = (character: string): boolean => /\p{Cased}/u.test(character);

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
