import {
  ElementHeader,
  encodeElementHeader,
  encodeItemHeader,
  encodeValue,
  explicitLittleEndian,
  implicitLittleEndian,
  ITEM,
  malformed,
  SEQUENCE_DELIMITATION,
  SHORT_HEADER,
  tagText,
  UNDEFINED_LENGTH,
  type ByteSource,
  type Encoding,
} from '@waystation/dicom';
import { blankComments, FRAME_HEADER_BYTES } from './blank-comments.js';
import type { PixelHeader } from './element-reader.js';

/**
 * Pixel data as it comes, in the pieces it comes in, but for comments in the headers of compressed frames.
 *
 * @throws `dicom.malformed`, `dicom.truncated`
 */
export async function* passPixels(source: ByteSource, pixels: PixelHeader, to: Encoding): AsyncGenerator<Buffer> {
  const { tag, length, encoding } = pixels;
  const vr = pixels.vr === 'UN' ? 'OB' : pixels.vr;
  if (length !== UNDEFINED_LENGTH) return yield* encodeValue(source, { tag, vr, length }, encoding, to);
  yield encodeElementHeader(tag, 'OB', UNDEFINED_LENGTH, to);
  const header = new ElementHeader();
  for (;;) {
    // Items of encapsulated pixel data are little endian in every syntax (PS3.5 A.4).
    const bytes = await source.take(SHORT_HEADER, 'a fragment of pixel data');
    header.read(bytes, 0, SHORT_HEADER, implicitLittleEndian);
    if (header.tag === SEQUENCE_DELIMITATION) break;
    const fragment = header.length;
    if (header.tag !== ITEM || fragment === UNDEFINED_LENGTH) {
      throw malformed(source.offset, 'a fragment of pixel data', `element ${tagText(header.tag)}`);
    }
    yield encodeItemHeader(ITEM, fragment + (fragment % 2), explicitLittleEndian);
    const start = await source.peek(Math.min(fragment, FRAME_HEADER_BYTES));
    yield blankComments(await source.take(Math.min(fragment, start.length), 'a fragment of pixel data'));
    yield* source.pieces(fragment - Math.min(fragment, start.length), 1, 'a fragment of pixel data');
    if (fragment % 2 === 1) yield Buffer.alloc(1);
  }
  yield encodeItemHeader(SEQUENCE_DELIMITATION, 0, explicitLittleEndian);
}
