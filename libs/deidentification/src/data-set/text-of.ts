import { decodeText, type CharacterSet, type Vr } from '@waystation/dicom';

/** Values that are text in the character set of the data set, PS3.5 6.1.2.3. */
const inCharacterSet: ReadonlySet<Vr> = new Set<Vr>(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
/** Values that are text in the default repertoire. */
const inAscii: ReadonlySet<Vr> = new Set<Vr>(['AE', 'CS', 'UR']);

/** Whether a value is words, and could say who somebody is. */
export const isText = (vr: Vr): boolean => inCharacterSet.has(vr) || inAscii.has(vr);

/** The text of a value; `faithful` is false where some bytes mean nothing in the character set. */
export const textOf = (
  value: Buffer,
  vr: Vr,
  characterSet: CharacterSet,
): { readonly text: string; readonly faithful: boolean } =>
  decodeText(value, inCharacterSet.has(vr) ? vr : 'LO', characterSet);

/** The text of a value that has only ASCII, without padding. */
export const asciiOf = (value: Buffer): string => {
  let end = value.length;
  while (end > 0 && (value[end - 1] === 0x20 || value[end - 1] === 0)) end--;
  return value.toString('latin1', 0, end);
};
