import type { Vr } from '@waystation/dicom';
import type { ValueElement } from '../data-set/element.js';
import { asciiOf, isText, textOf } from '../data-set/text-of.js';
import { textElement } from '../data-set/value-of.js';
import type { TokenMatcher } from '../identity/token-matcher.js';
import type { Scope } from './scope.js';

const SPECIFIC_CHARACTER_SET = 0x00080005;

/** Text that is no words, and what it is made of (PS3.5 6.2). */
const lexical: ReadonlySet<Vr> = new Set<Vr>(['AS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI']);
const wellFormed = /^[\d+\-.:eE\\ DMWY]*$/;

/** Whether every byte is ASCII and no code extension is there. */
export const isAscii = (value: Buffer): boolean => value.every((byte) => byte < 0x80 && byte !== 0x1b);

/**
 * An element that is to be kept, as it may be kept: the same where it names nobody, ASCII text without the names, and
 * undefined where what it says cannot be told apart from who is named in it.
 */
export const keepValue = (element: ValueElement, scope: Scope, matcher: TokenMatcher): ValueElement | undefined => {
  const { tag, vr, value } = element;
  if (tag === SPECIFIC_CHARACTER_SET || value.length === 0) return element;
  if (lexical.has(vr) && wellFormed.test(asciiOf(value))) return element;
  if (!isText(vr)) return isNamedIn(element, scope, matcher) ? undefined : element;
  if (vr === 'CS') return matcher.isInCode(asciiOf(value)) ? undefined : element;
  if (!isAscii(value)) return isNamedIn(element, scope, matcher) ? undefined : element;
  const text = asciiOf(value);
  if (!matcher.isIn(text)) return element;
  const rest = matcher.without(text).trim();
  return rest.replaceAll('\\', '') === '' ? undefined : textElement(tag, vr, rest);
};

const isNamedIn = ({ vr, value }: ValueElement, { characterSet }: Scope, matcher: TokenMatcher): boolean => {
  if (matcher.isInBytes(value)) return true;
  if (vr !== 'UN' && !lexical.has(vr) && !isText(vr)) return false;
  return [textOf(value, vr, characterSet).text, value.toString('utf8'), value.toString('latin1')].some((text) =>
    matcher.isIn(text),
  );
};
