import { codePoints } from '../values/code-points.js';

/** Unicode Numeric_Type=Digit: digits that make no decimal number, such as ² and ①. */
const otherDigits = new RegExp(
  '[\\u00b2\\u00b3\\u00b9\\u1369-\\u1371\\u19da\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u2468\\u2474-\\u247c' +
    '\\u2488-\\u2490\\u24ea\\u24f5-\\u24fd\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792' +
    '\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}]',
  'u',
);
/** The ideographs that write numbers. */
const ideographs = /[〇一二三四五六七八九十百千万億兆零壱壹弐貳参參肆伍陸柒捌玖拾佰仟萬]/u;

export const isDecimal = (character: string): boolean => /\p{Nd}/u.test(character);
export const isDigit = (character: string): boolean => isDecimal(character) || otherDigits.test(character);
export const isNumericCharacter = (character: string): boolean =>
  /\p{N}/u.test(character) || ideographs.test(character);
export const isLetter = (character: string): boolean => /\p{L}/u.test(character);

export const isLower = (character: string): boolean => /\p{Lowercase}/u.test(character);
export const isUpper = (character: string): boolean => /\p{Uppercase}/u.test(character);
export const hasCase = (character: string): boolean => /\p{Cased}/u.test(character);

/** Whether a text has characters and all of them are of a class. */
export const isAll = (text: string, belongs: (character: string) => boolean): boolean =>
  text !== '' && codePoints(text).every(belongs);
