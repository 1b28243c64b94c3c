import { looksLikeVr, vrForms } from '../dictionary/value-representations.js';

/** How element headers and numbers are written. */
export interface Encoding {
  readonly name: string;
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

export const implicitLittleEndian: Encoding = { name: 'Implicit VR Little Endian', explicit: false, bigEndian: false };
export const explicitLittleEndian: Encoding = { name: 'Explicit VR Little Endian', explicit: true, bigEndian: false };
export const explicitBigEndian: Encoding = { name: 'Explicit VR Big Endian', explicit: true, bigEndian: true };

/** Longer than any first element of a data set or item is: a length above it is no length, but misread letters. */
const PLAUSIBLE_FIRST_LENGTH = 0xffff;

/**
 * How a data set is really written, judged by its first element header: senders do announce one syntax and write another.
 *
 * @param bytes at least eight from `at`
 */
export const detectDataSetEncoding = (bytes: Buffer, at: number, declared: Encoding): Encoding => {
  const found = detectItemEncoding(bytes, at, declared);
  return found.explicit ? (looksBigEndian(bytes, at, found) ? explicitBigEndian : explicitLittleEndian) : found;
};

/**
 * How the elements of one item are really written. The items of a UN element should be implicit (PS3.5 6.2.2) and those
 * of a sequence like the data set around it; both rules are broken by private sequences in the field.
 *
 * @param bytes at least eight from `at`
 */
export const detectItemEncoding = (bytes: Buffer, at: number, declared: Encoding): Encoding => {
  const vr = bytes.readUInt16BE(at + 4);
  if (vrForms.has(vr)) return declared.explicit ? declared : explicitLittleEndian;
  if (!declared.explicit || looksLikeVr(vr)) return declared;
  return bytes.readUInt32LE(at + 4) <= PLAUSIBLE_FIRST_LENGTH ? implicitLittleEndian : declared;
};

/** Data sets begin with a group below 0100H: the byte that is zero tells the order. Where neither or both are, the declared holds. */
const looksBigEndian = (bytes: Buffer, at: number, declared: Encoding): boolean => {
  const first = bytes[at];
  const second = bytes[at + 1];
  return (first === 0) === (second === 0) ? declared.bigEndian : first === 0;
};
