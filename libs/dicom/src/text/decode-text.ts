import type { Vr } from '../dictionary/value-representations.js';
import type { CharacterSet } from './character-set.js';
import { decodeUndeclared } from './decode-undeclared.js';
import { decodeWith, type DecodedText } from './decode-with.js';
import { decodeIso2022 } from './iso-2022.js';

/** Value representations that hold one text, in which a backslash is a character like others: PS3.5 6.2. */
const singleText: ReadonlySet<Vr> = new Set<Vr>(['ST', 'LT', 'UT', 'UR']);

const BACKSLASH = 0x5c;
const CARET = 0x5e;
const EQUALS = 0x3d;

/**
 * The text of a value in its character set, PS3.5 6.1. Never fails: what does not decode is read as well as possible,
 * and `faithful` is false.
 */
export const decodeText = (bytes: Buffer, vr: Vr, characterSet: CharacterSet): DecodedText => {
  if (characterSet.whole !== undefined) return decodeWhole(bytes, characterSet.whole);
  const decoded = decodeIso2022(bytes, characterSet.upperHalf, delimiterOf(vr));
  return characterSet.known ? decoded : { ...decoded, faithful: false };
};

const decodeWhole = (bytes: Buffer, encoding: string): DecodedText => {
  const decoded = decodeWith(encoding, bytes);
  return decoded.faithful ? decoded : { ...decodeUndeclared(bytes), faithful: false };
};

/** Where code extensions end: PS3.5 6.1.2.5.3. */
const delimiterOf = (vr: Vr): ((byte: number) => boolean) => {
  if (vr === 'PN') return (byte) => byte === BACKSLASH || byte === CARET || byte === EQUALS;
  return singleText.has(vr) ? () => false : (byte) => byte === BACKSLASH;
};
