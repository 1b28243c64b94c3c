import type { UpperHalf } from './character-sets.js';
import { decodeRun, type DecodedText, type LowerHalf } from './decode-run.js';

const ESCAPE = 0x1b;

/** What an escape sequence switches to, by the characters behind ESC: PS3.3 tables C.12-3 and C.12-4. */
const escapes: ReadonlyMap<string, { readonly lower?: LowerHalf; readonly upper?: UpperHalf }> = new Map([
  ['(B', { lower: 'ascii' }],
  ['(J', { lower: 'ascii' }],
  [')I', { upper: 'katakana' }],
  ['-A', { upper: 'latin1' }],
  ['-B', { upper: 'iso-8859-2' }],
  ['-C', { upper: 'iso-8859-3' }],
  ['-D', { upper: 'iso-8859-4' }],
  ['-F', { upper: 'iso-8859-7' }],
  ['-G', { upper: 'iso-8859-6' }],
  ['-H', { upper: 'iso-8859-8' }],
  ['-L', { upper: 'iso-8859-5' }],
  ['-M', { upper: 'iso-8859-9' }],
  ['-T', { upper: 'windows-874' }],
  ['-b', { upper: 'iso-8859-15' }],
  ['$@', { lower: 'jis-x-0208' }],
  ['$B', { lower: 'jis-x-0208' }],
  ['$(D', { lower: 'jis-x-0212' }],
  ['$)A', { upper: 'gbk' }],
  ['$)C', { upper: 'euc-kr' }],
]);

/**
 * Text with code extensions, ISO 2022 as PS3.5 6.1.2.5 restricts it. The initial sets hold again behind every control
 * character and every byte `isDelimiter` says yes to; only where no upper half was declared the last one stays, since
 * some writers switch once per value.
 */
export const decodeIso2022 = (
  bytes: Buffer,
  initialUpper: UpperHalf | undefined,
  isDelimiter: (byte: number) => boolean,
): DecodedText => {
  let text = '';
  let faithful = true;
  let lower: LowerHalf = 'ascii';
  let upper = initialUpper;
  let runStart = 0;
  const endRun = (end: number): void => {
    if (end === runStart) return;
    const run = decodeRun(bytes.subarray(runStart, end), lower, upper);
    text += run.text;
    faithful &&= run.faithful;
    runStart = end;
  };
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte === ESCAPE) {
      endRun(at);
      const sequence = escapeAt(bytes, at + 1);
      const target = escapes.get(sequence);
      faithful &&= target !== undefined;
      lower = target?.lower ?? lower;
      upper = target?.upper ?? upper;
      at += 1 + (target === undefined ? 0 : sequence.length);
      runStart = at;
    } else if (lower !== 'ascii' && byte > 0x20 && byte < 0x7f) {
      at = Math.min(at + 2, bytes.length);
    } else {
      at++;
      const switched = lower !== 'ascii' || upper !== initialUpper;
      if (!switched || (byte >= 0x20 && !isDelimiter(byte))) continue;
      endRun(at);
      lower = 'ascii';
      upper = initialUpper ?? upper;
    }
  }
  endRun(bytes.length);
  return { text, faithful };
};

const escapeAt = (bytes: Buffer, at: number): string => {
  const long = bytes.toString('latin1', at, at + 3);
  return escapes.has(long) ? long : long.slice(0, 2);
};
