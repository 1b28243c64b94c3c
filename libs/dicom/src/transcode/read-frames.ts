import { CodedError } from '@waystation/kernel';
import { tagText } from '../dictionary/tag-text.js';
import {
  ElementHeader,
  ITEM,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  UNDEFINED_LENGTH,
} from '../header/element-header.js';
import { explicitLittleEndian } from '../header/encoding.js';
import { malformed } from '../header/malformed.js';
import type { ByteSource } from './byte-source.js';

/** How a compressed image begins: JPEG and JPEG-LS, and JPEG 2000 (ISO/IEC 10918-1 B.2.1, 15444-1 A.4). */
const beginnings = [Buffer.from([0xff, 0xd8, 0xff]), Buffer.from([0xff, 0x4f, 0xff, 0x51])];
const beginsImage = (bytes: Buffer): boolean =>
  beginnings.some((beginning) => bytes.subarray(0, beginning.length).equals(beginning));

/**
 * The frames of encapsulated pixel data (PS3.5 A.4), one by one: the fragments of a frame joined. Where a frame begins
 * is what the basic offset table says if it has an entry for each; else every fragment begins one that begins as a
 * compressed image does, and where none does, every fragment.
 *
 * @param source behind the header of the pixel data element; read to the end of its delimiter
 * @param frames how many there have to be
 * @param frameBytes the longest compressed frame
 * @throws `dicom.malformed`, `dicom.truncated`, `dicom.limit-exceeded`
 */
export async function* readFrames(source: ByteSource, frames: number, frameBytes: number): AsyncGenerator<Buffer> {
  const table = await readOffsetTable(source, frames);
  const start = source.offset;
  let found = 0;
  let fragments: Buffer[] = [];
  let gathered = 0;
  let images = false;
  for (;;) {
    const offset = source.offset - start;
    const length = await readItem(source);
    if (length === undefined) break;
    const fragment = await readFragment(source, length, frameBytes - gathered);
    if (found === 0) images = beginsImage(fragment);
    const begins = table !== undefined ? table.has(offset) : images ? beginsImage(fragment) : frames > 1;
    if (found === 0 || begins) {
      if (found > 0) yield joined(fragments);
      found += 1;
      if (found > frames) throw miscounted(`more than ${frames}`, frames);
      fragments = [];
      gathered = 0;
    }
    fragments.push(fragment);
    gathered += length;
  }
  if (found !== frames) throw miscounted(found, frames);
  yield joined(fragments);
}

/** Offsets at which frames begin, from the first fragment on; undefined where the table does not say. */
const readOffsetTable = async (source: ByteSource, frames: number): Promise<ReadonlySet<number> | undefined> => {
  const length = await readItem(source);
  if (length === undefined) throw miscounted(0, frames);
  if (length !== frames * 4 || frames === 1) {
    for await (const bytes of source.pieces(length, 1, 'the basic offset table')) void bytes;
    return undefined;
  }
  const table = await source.take(length, 'the basic offset table');
  const offsets = Array.from({ length: frames }, (_, frame) => table.readUInt32LE(frame * 4));
  const ascending = offsets.every((offset, frame) => offset > (offsets[frame - 1] ?? -1));
  return ascending && offsets[0] === 0 ? new Set(offsets) : undefined;
};

/** Length of the next fragment, or undefined behind the last one. */
const readItem = async (source: ByteSource): Promise<number | undefined> => {
  const { offset } = source;
  const header = new ElementHeader();
  header.read(await source.take(SHORT_HEADER, 'encapsulated pixel data'), 0, SHORT_HEADER, explicitLittleEndian);
  const { tag, length } = header;
  if (tag === SEQUENCE_DELIMITATION) return undefined;
  if (tag !== ITEM) throw malformed(offset, 'a fragment of pixel data', `element ${tagText(tag)}`);
  if (length === UNDEFINED_LENGTH) throw malformed(offset, 'the length of a fragment', 'an undefined length');
  return length;
};

const readFragment = async (source: ByteSource, length: number, room: number): Promise<Buffer> => {
  if (length > room) {
    const message = `compressed frame at byte ${source.offset} is longer than what is decoded at once`;
    throw new CodedError('dicom.limit-exceeded', message);
  }
  const pieces: Buffer[] = [];
  for await (const piece of source.pieces(length, 1, 'a fragment of pixel data')) pieces.push(piece);
  return joined(pieces);
};

const joined = (parts: readonly Buffer[]): Buffer => {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
};

const miscounted = (found: number | string, frames: number): CodedError =>
  new CodedError('dicom.malformed', `pixel data has ${found} frames, expected ${frames} by Number of Frames`);
