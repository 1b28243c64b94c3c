import type { UpperHalf } from './character-sets.js';
import { decodeUndeclared } from './decode-undeclared.js';
import { decodeWith, type DecodedText } from './decode-with.js';

export type { DecodedText };

/** G0 of ISO 2022 as DICOM uses it: single bytes, or pairs of JIS. */
export type LowerHalf = 'ascii' | 'jis-x-0208' | 'jis-x-0212';

/** Decodes bytes without escape sequences, between which no set is switched. */
export const decodeRun = (run: Buffer, lower: LowerHalf, upper: UpperHalf | undefined): DecodedText => {
  if (lower !== 'ascii') return decodeWith('euc-jp', asEucJp(run, lower));
  // The same katakana, and the kanji that Japanese senders put between them against PS3.3 C.12.1.1.2.
  if (upper === 'katakana') return decodeWith('shift_jis', run);
  if (upper === undefined) return decodeUndeclared(run);
  return upper === 'latin1' ? { text: run.toString('latin1'), faithful: true } : decodeWith(upper, run);
};

const SINGLE_SHIFT_2 = 0x8e;
const SINGLE_SHIFT_3 = 0x8f;

/** EUC-JP holds the same three JIS sets: 0208 as pairs of high bytes, katakana behind SS2, 0212 behind SS3. */
const asEucJp = (run: Buffer, lower: 'jis-x-0208' | 'jis-x-0212'): Buffer => {
  const target = Buffer.allocUnsafe(run.length * 2);
  let length = 0;
  for (let at = 0; at < run.length; at++) {
    const byte = run[at] ?? 0;
    const second = run[at + 1];
    if (byte >= 0x80) {
      length = target.writeUInt16BE((SINGLE_SHIFT_2 << 8) | byte, length);
    } else if (byte <= 0x20 || byte === 0x7f || second === undefined) {
      length = target.writeUInt8(byte, length);
    } else {
      if (lower === 'jis-x-0212') length = target.writeUInt8(SINGLE_SHIFT_3, length);
      length = target.writeUInt16BE((byte << 8) | second | 0x8080, length);
      at++;
    }
  }
  return target.subarray(0, length);
};
