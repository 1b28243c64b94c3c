import type { Vr } from '../dictionary/value-representations.js';

const SPACE = 0x20;

/** Where spaces in front of a value mean nothing either, PS3.5 table 6.2-1; senders put them in front of UIDs as well. */
const insignificantInFront: ReadonlySet<Vr> = new Set<Vr>(['AE', 'CS', 'DS', 'IS', 'LO', 'SH', 'UI']);

/**
 * Text without its padding: spaces and NULs behind it, and spaces around each of several values where PS3.5 6.2 calls
 * them insignificant. NULs in the middle become spaces, since no store of text likes them.
 */
export const trimText = (padded: string, vr: Vr): string => {
  const text = withoutNul(withoutPadding(padded));
  if (!insignificantInFront.has(vr)) return text;
  return text.includes('\\') ? text.split('\\').map(trimSpaces).join('\\') : trimSpaces(text);
};

// Loops, not regular expressions: / +$/ takes quadratic time over a value of 64 KB of spaces.
const withoutPadding = (text: string): string => {
  let end = text.length;
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end--;
  return end === text.length ? text : text.slice(0, end);
};

const isPadding = (code: number): boolean => code === SPACE || code === 0;

const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', ' ') : text);

const trimSpaces = (text: string): string => {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) === SPACE) start++;
  return withoutPadding(start === 0 ? text : text.slice(start));
};
