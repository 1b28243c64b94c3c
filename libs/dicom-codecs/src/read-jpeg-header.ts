import type { CodeStream } from './code-stream.js';

const START_OF_IMAGE = 0xd8;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const START_OF_LS_FRAME = 0xf7;
/** Huffman coding: baseline, extended, progressive and lossless (ISO/IEC 10918-1 table B.1). */
const huffmanFrames: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2, 0xc3]);
const TEMPORARY = 0x01;
const standsAlone = (marker: number): boolean => marker === TEMPORARY || (marker >= 0xd0 && marker <= START_OF_IMAGE);

/**
 * The frame header of a JPEG (ISO/IEC 10918-1 B.2.2) or JPEG-LS image (14495-1 C.2.2), and how its scans are
 * interleaved. Undefined where there is none that can be decoded.
 */
export const readJpegHeader = (bytes: Buffer): CodeStream | undefined => {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return undefined;
  let frame: Omit<CodeStream, 'planar'> | undefined;
  let isLs = false;
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker === END_OF_IMAGE) return undefined;
    if (marker === 0xff || standsAlone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const segment = bytes.subarray(at + 4, at + 2 + bytes.readUInt16BE(at + 2));
    if (marker === START_OF_SCAN) return frame && { ...frame, planar: isLs && isPlanarScan(segment, frame.components) };
    isLs ||= marker === START_OF_LS_FRAME;
    if ((huffmanFrames.has(marker) || marker === START_OF_LS_FRAME) && segment.length >= 6) {
      const [rows, columns] = [segment.readUInt16BE(1), segment.readUInt16BE(3)];
      frame = { bits: segment[0] ?? 0, rows, columns, components: segment[5] ?? 0, signed: false, bytes };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
};

/** Interleave mode 0 (14495-1 C.2.3): each component has a scan of its own. */
const isPlanarScan = (segment: Buffer, components: number): boolean =>
  components > 1 && segment[2 + 2 * (segment[0] ?? 0)] === 0;
