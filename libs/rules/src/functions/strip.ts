import { codePoints } from '../values/code-points.js';

/** The separators of Unicode, and the control characters that Python counts among them. */
const blanks = /\p{Z}/u;
const controls = new Set('\t\n\v\f\r\x1c\x1d\x1e\x1f\x85');

/** Whether a character separates words. */
export const isBlank = (character: string): boolean => controls.has(character) || blanks.test(character);

/** Takes away, at the ends that are named, the characters that match. */
export const strip = (text: string, drop: (character: string) => boolean, ends: 'left' | 'right' | 'both'): string => {
  const characters = codePoints(text);
  let from = 0;
  let to = characters.length;
  while (ends !== 'right' && from < to && drop(characters[from] ?? '')) from++;
  while (ends !== 'left' && to > from && drop(characters[to - 1] ?? '')) to--;
  return characters.slice(from, to).join('');
};

/** The text without blanks at both ends. */
export const stripBlanks = (text: string): string => strip(text, isBlank, 'both');
