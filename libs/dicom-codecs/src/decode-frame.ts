import { inflateRawSync, inflateSync } from 'node:zlib';
import { frameBytes, hasZlibHeader, type EncodedFrame } from '@waystation/dicom';
import { messageOf } from '@waystation/kernel';
import { arrangeSamples } from './arrange-samples.js';
import type { CodeStream } from './code-stream.js';
import { decodeRle } from './decode-rle.js';
import { runCodec, type Codec } from './native-codecs.js';
import { readJpeg2000Header } from './read-jpeg-2000-header.js';
import { readJpegHeader } from './read-jpeg-header.js';
import { undecodable } from './undecodable.js';

type Decoder = (frame: EncodedFrame) => Uint8Array | Promise<Uint8Array>;

/** The bytes themselves; what is behind them is padding. */
const stored: Decoder = (frame) => exactly(frame, frame.bytes);

/** A deflate stream of its own, PS3.5 A.4.13. */
const deflated: Decoder = (frame) => {
  const options = { maxOutputLength: frameBytes(frame.decoded) };
  try {
    const inflate = hasZlibHeader(frame.bytes) ? inflateSync : inflateRawSync;
    return exactly(frame, inflate(frame.bytes, options));
  } catch (error) {
    throw undecodable(frame, messageOf(error), error);
  }
};

const exactly = (frame: EncodedFrame, bytes: Uint8Array): Uint8Array => {
  const expected = frameBytes(frame.decoded);
  if (bytes.length < expected) throw undecodable(frame, `${bytes.length} bytes, expected ${expected}`);
  return bytes.subarray(0, expected);
};

/** Compressed images: what they say of themselves has to be what the data set says. */
const compressed =
  (codec: Codec, readHeader: (bytes: Buffer) => CodeStream | undefined): Decoder =>
  async (frame) => {
    const stream = readHeader(frame.bytes);
    if (stream === undefined) throw undecodable(frame, 'it is no image that the transfer syntax allows');
    const { rows, columns, samplesPerPixel } = frame.decoded;
    const [found, expected] = [
      `${stream.columns} x ${stream.rows} pixels of ${stream.components} samples`,
      `${columns} x ${rows} pixels of ${samplesPerPixel} samples`,
    ];
    if (found !== expected) throw undecodable(frame, `it has ${found}, expected ${expected}`);
    return arrangeSamples(frame, stream, await runCodec(codec, frame, stream));
  };

/** Grey, or colour of 8 bits: of more, the codec gives only the lower half. */
const readUsableJpeg2000Header = (bytes: Buffer): CodeStream | undefined => {
  const stream = readJpeg2000Header(bytes);
  const usable = stream?.components === 1 ? stream.bits <= 16 : stream?.components === 3 && stream.bits <= 8;
  return usable ? stream : undefined;
};

const jpeg = compressed('decodeJpeg', readJpegHeader);
const jpegLs = compressed('decodeJpegLs', readJpegHeader);
/** High throughput is another coding of the same blocks (ISO/IEC 15444-15), and OpenJPEG knows both. */
const jpeg2000 = compressed('decodeJpeg2000', readUsableJpeg2000Header);

const decoders: ReadonlyMap<string, Decoder> = new Map([
  ['1.2.840.10008.1.2.1.98', stored],
  ['1.2.840.10008.1.2.4.50', jpeg],
  ['1.2.840.10008.1.2.4.51', jpeg],
  ['1.2.840.10008.1.2.4.57', jpeg],
  ['1.2.840.10008.1.2.4.70', jpeg],
  ['1.2.840.10008.1.2.4.80', jpegLs],
  ['1.2.840.10008.1.2.4.81', jpegLs],
  ['1.2.840.10008.1.2.4.90', jpeg2000],
  ['1.2.840.10008.1.2.4.91', jpeg2000],
  ['1.2.840.10008.1.2.4.201', jpeg2000],
  ['1.2.840.10008.1.2.4.202', jpeg2000],
  ['1.2.840.10008.1.2.4.203', jpeg2000],
  ['1.2.840.10008.1.2.5', decodeRle],
  ['1.2.840.10008.1.2.8.1', deflated],
]);

/**
 * Decodes one frame, in this thread.
 * @throws CodedError `dicom-codecs.undecodable`
 */
export const decodeFrame = async (frame: EncodedFrame): Promise<Uint8Array> => {
  const decoder = decoders.get(frame.transferSyntaxUid);
  if (decoder === undefined) throw undecodable(frame, `nothing decodes transfer syntax ${frame.transferSyntaxUid}`);
  return decoder(frame);
};
