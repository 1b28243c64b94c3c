import { frameBytes, type EncodedFrame } from '@waystation/dicom';
import { undecodable } from './undecodable.js';

const HEADER = 64;

/**
 * RLE, PS3.5 annex G: a segment for each byte of a sample, the highest first.
 * @throws CodedError `dicom-codecs.undecodable`
 */
export const decodeRle = (frame: EncodedFrame): Uint8Array => {
  const { bytes, decoded } = frame;
  if (bytes.length < HEADER) throw undecodable(frame, `${bytes.length} bytes, expected an RLE header of ${HEADER}`);
  const segments = bytes.readUInt32LE(0);
  const sampleBytes = Math.max(1, decoded.bitsAllocated / 8);
  const expected = decoded.samplesPerPixel * sampleBytes;
  if (segments !== expected) throw undecodable(frame, `${segments} RLE segments, expected ${expected}`);
  const pixels = Buffer.alloc(frameBytes(decoded));
  const segmentBytes = pixels.length / expected;
  for (let segment = 0; segment < segments; segment += 1) {
    const end = segment + 1 < segments ? bytes.readUInt32LE(4 * (segment + 2)) : bytes.length;
    const sample = Math.floor(segment / sampleBytes);
    const low = sampleBytes - 1 - (segment % sampleBytes);
    const start = sample * sampleBytes * (decoded.planar ? segmentBytes : 1) + low;
    const step = decoded.planar ? sampleBytes : expected;
    const source = bytes.subarray(bytes.readUInt32LE(4 * (segment + 1)), end);
    if (unpack(source, pixels, start, step, segmentBytes) < segmentBytes) {
      throw undecodable(frame, `RLE segment ${segment + 1} has fewer than ${segmentBytes} bytes`);
    }
  }
  return pixels;
};

/** Unpacks a segment (PS3.5 G.3.2) to every `step`th byte. Gives how many came out, `count` at most. */
const unpack = (source: Buffer, pixels: Buffer, start: number, step: number, count: number): number => {
  let done = 0;
  for (let at = 0; at < source.length && done < count;) {
    const code = source.readInt8(at);
    at += 1;
    if (code === -128) continue;
    const length = Math.min(Math.abs(code) + 1, count - done);
    if (at + (code < 0 ? 1 : length) > source.length) break;
    for (let each = 0; each < length; each += 1, done += 1) {
      pixels[start + done * step] = source[code < 0 ? at : at + each] ?? 0;
    }
    at += code < 0 ? 1 : code + 1;
  }
  return done;
};
