import type { TokenMatcher } from './token-matcher.js';

/** So many digits number or date somebody. */
const FEWEST_DIGITS = 5;
/** What numbers are made of, also of telephones and dates. */
const number = /^[\d().,;:/+*#-]+$/;
const shortDate =
  /\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d[.-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.-]?\d{2}/i;
const month = /^\(?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.,;)]*$/i;
const address = /@|https?:/i;
/** What stands in front of a name. `MR` is a modality. */
const title = /^\(?(?:(?:dr|prof|pat|patient|herr|frau)|(?:Mr|Mrs|Ms))\.?:?$/;

/**
 * An ASCII text without what names somebody, is a number of five digits or more, a date or an address, or stands behind
 * a title. Takes time in proportion to its length.
 */
export const cleanText = (text: string, matcher: TokenMatcher): string => {
  const words = matcher.without(text).split(/([\t\n\f\r ]+)/);
  const dropped = new Set<number>();
  // Words are at even places, what is between them at odd ones.
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at] ?? '';
    if (address.test(word) || shortDate.test(word) || digitsIn(word) >= FEWEST_DIGITS) dropped.add(at);
    if (isTitle(word)) dropped.add(at).add(at + 2);
    if (month.test(word)) for (const one of dateAround(words, at)) dropped.add(one);
    if (number.test(word)) for (const one of numberRun(words, at)) dropped.add(one);
  }
  return spaced(words.map((word, at) => (dropped.has(at) ? '' : word)).join(''));
};

/** A text with single spaces, and none around it. */
export const spaced = (text: string): string => text.replaceAll(/[\t ]+/g, ' ').trim();

const isTitle = (word: string): boolean =>
  title.test(word) || (title.test(word.toLowerCase()) && !/^M[RS]/i.test(word));

const digitsIn = (word: string): number => {
  let digits = 0;
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) >= 0x30 && word.charCodeAt(at) <= 0x39) digits++;
  return digits;
};

/** Places of a month and the numbers beside it; of none where it has no number beside it. */
const dateAround = (words: readonly string[], at: number): readonly number[] => {
  const isNumber = (place: number): boolean => number.test(words[place] ?? '');
  const beside = [at - 2, at + 2, ...(isNumber(at + 2) ? [at + 4] : [])].filter(isNumber);
  return beside.length === 0 ? [] : [at, ...beside];
};

/** Places of numbers in a row that begin here, where they have many digits together. */
const numberRun = (words: readonly string[], start: number): readonly number[] => {
  if (start >= 2 && number.test(words[start - 2] ?? '')) return [];
  const run: number[] = [];
  let digits = 0;
  for (let at = start; at < words.length && number.test(words[at] ?? ''); at += 2) {
    run.push(at);
    digits += digitsIn(words[at] ?? '');
  }
  return digits >= FEWEST_DIGITS ? run : [];
};
