import { tagText } from '../dictionary/tag-text.js';
import type { Vr } from '../dictionary/value-representations.js';
import { explicitLittleEndian, type Encoding } from '../header/encoding.js';
import { reversed, wordSizeOf } from './byte-order.js';
import type { ByteSource } from './byte-source.js';
import { encodeElementHeader, fittingVr } from './encode-element-header.js';

const NUL = Buffer.alloc(1);
const SPACE = Buffer.from(' ');
const textual: ReadonlySet<Vr> = new Set<Vr>([
  'AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'LO', 'LT', 'PN', 'SH', 'ST', 'TM', 'UC', 'UR', 'UT',
]); // prettier-ignore

/** Values have even length (PS3.5 7.1.1); what a writer forgot is added. */
const paddingOf = (vr: Vr, length: number): Buffer =>
  length % 2 === 0 ? Buffer.alloc(0) : textual.has(vr) ? SPACE : NUL;

/** The header, and the size of the words to reverse in the value. */
const begin = (tag: number, vr: Vr, length: number, from: Encoding, to: Encoding) => {
  const written = to.explicit ? fittingVr(vr, length + (length % 2)) : vr;
  const wasBig = from.bigEndian && vr !== 'UN';
  const isBig = to.bigEndian && written !== 'UN';
  return {
    header: encodeElementHeader(tag, written, length + (length % 2), to),
    wordSize: wasBig === isBig ? 1 : wordSizeOf(vr),
  };
};

/** An element whose value is at hand, in `from` byte order. */
export const encodeElement = (
  tag: number,
  vr: Vr,
  value: Buffer,
  to: Encoding,
  from = explicitLittleEndian,
): Buffer => {
  const { header, wordSize } = begin(tag, vr, value.length, from, to);
  return Buffer.concat([header, reversed(value, wordSize), paddingOf(vr, value.length)]);
};

/**
 * An element whose value comes from a source, in the pieces it comes in.
 * @throws `dicom.truncated`
 */
export async function* encodeValue(
  source: ByteSource,
  { tag, vr, length }: { readonly tag: number; readonly vr: Vr; readonly length: number },
  from: Encoding,
  to: Encoding,
): AsyncGenerator<Buffer> {
  const { header, wordSize } = begin(tag, vr, length, from, to);
  yield header;
  for await (const piece of source.pieces(length, wordSize, `element ${tagText(tag)}`)) {
    yield wordSize === 1 ? piece : reversed(piece, wordSize);
  }
  if (length % 2 === 1) yield paddingOf(vr, length);
}
