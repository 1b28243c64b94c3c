import type { Vr } from '@waystation/dicom';
import type { ValueElement } from '../data-set/element.js';
import { asciiOf, textOf } from '../data-set/text-of.js';
import { textElement } from '../data-set/value-of.js';
import { cleanText, spaced } from '../identity/clean-text.js';
import { movedDate } from '../identity/moved-date.js';
import { isAscii } from './keep-value.js';
import type { Rules } from './rules.js';
import type { Scope } from './scope.js';

/** Longer texts are not cleaned, but go. */
const MOST_BYTES = 1024 * 1024;
const words: ReadonlySet<Vr> = new Set<Vr>(['LO', 'LT', 'SH', 'ST', 'UC', 'UT']);
const ofOneValue: ReadonlySet<Vr> = new Set<Vr>(['LT', 'ST', 'UT']);

/** Whether a value is words that somebody wrote. */
export const isWords = (vr: Vr): boolean => words.has(vr);

/**
 * Words without what says who somebody is; undefined where that cannot be told, or nothing is left. What is not ASCII is
 * not edited: it stays as it is or goes.
 */
export const cleanWords = (element: ValueElement, scope: Scope, { matcher }: Rules): ValueElement | undefined => {
  const { tag, vr, value } = element;
  if (value.length === 0) return element;
  if (value.length > MOST_BYTES) return undefined;
  const { text, faithful } = textOf(value, vr, scope.characterSet);
  if (!isAscii(value)) {
    const plain = text.normalize('NFKC');
    const isClean =
      faithful && !matcher.isIn(text) && !matcher.isInBytes(value) && cleanText(plain, matcher) === spaced(plain);
    return isClean ? element : undefined;
  }
  const given = ofOneValue.has(vr) ? [asciiOf(value)] : asciiOf(value).split('\\');
  const cleaned = given.map((one) => cleanText(one, matcher));
  if (cleaned.every((one, index) => one === spaced(given[index] ?? ''))) return element;
  return cleaned.every((one) => one === '') ? undefined : textElement(tag, vr, cleaned.join('\\'));
};

/** Dates so many days earlier, times as they are; undefined where a value is neither date nor time. */
export const moveDates = (element: ValueElement, { days }: Rules): ValueElement | undefined => {
  const { tag, vr, value } = element;
  const given = asciiOf(value).split('\\');
  if (vr === 'TM') return given.every((one) => /^[\d:. ]*$/.test(one)) ? element : undefined;
  if (vr !== 'DA' && vr !== 'DT') return undefined;
  const moved = given.map((one) => (one.trim() === '' ? '' : movedDate(one.trim(), vr, days)));
  return moved.every((one) => one !== undefined) ? textElement(tag, vr, moved.join('\\')) : undefined;
};
