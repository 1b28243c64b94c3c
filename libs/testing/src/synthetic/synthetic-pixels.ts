import { transferSyntaxes } from '@waystation/dicom';
import { createHash } from 'node:crypto';

const RLE_LOSSLESS = '1.2.840.10008.1.2.5';
const RLE_HEADER_BYTES = 64;

/**
 * Pixels of 16 bits that differ from seed to seed. Where the syntax encapsulates, a stand-in for the compressed frame:
 * right in its frame marks, not in what is between them, so that programs carry it and none may decode it.
 */
export const syntheticPixels = (seed: string, rows: number, columns: number, transferSyntaxUid: string): Buffer => {
  const pattern = createHash('sha256').update(seed).digest();
  if (transferSyntaxes.get(transferSyntaxUid)?.encapsulated !== true) return Buffer.alloc(rows * columns * 2, pattern);
  const body = Buffer.alloc(Math.max(rows * columns, 2) & ~1, pattern);
  return transferSyntaxUid === RLE_LOSSLESS ? Buffer.concat([rleHeader(), body]) : betweenMarkers(body);
};

/** One segment that begins behind the header, PS3.5 G.5. */
const rleHeader = (): Buffer => {
  const header = Buffer.alloc(RLE_HEADER_BYTES);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(RLE_HEADER_BYTES, 4);
  return header;
};

/** Start and end of image, ISO/IEC 10918-1 B.1.1.3. */
const betweenMarkers = (body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), body, Buffer.from([0xff, 0xd9])]);
