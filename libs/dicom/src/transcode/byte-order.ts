import type { Vr } from '../dictionary/value-representations.js';

/** Bytes of the words that byte order reverses (PS3.5 7.3); 1 for text and for what has no byte order. */
const wordSizes: Partial<Readonly<Record<Vr, 2 | 4 | 8>>> = {
  US: 2,
  SS: 2,
  OW: 2,
  AT: 2,
  UL: 4,
  SL: 4,
  FL: 4,
  OF: 4,
  OL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
};

/** UN has none: its bytes are little endian in every syntax (PS3.5 6.2.2). */
export const wordSizeOf = (vr: Vr): number => wordSizes[vr] ?? 1;

/** A copy in the other byte order. Bytes behind the last whole word stay as they are. */
export const reversed = (bytes: Buffer, wordSize: number): Buffer => {
  const copy = Buffer.from(bytes);
  const words = copy.subarray(0, copy.length - (copy.length % wordSize));
  if (wordSize === 2) words.swap16();
  else if (wordSize === 4) words.swap32();
  else if (wordSize === 8) words.swap64();
  return copy;
};
