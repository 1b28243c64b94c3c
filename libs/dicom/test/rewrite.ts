import { reencode, type ReencodingLimits } from '../src/transcode/reencode.js';
import type { DecodeFrame } from '../src/transcode/pixel-decoding.js';

export const syntax = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  bigEndian: '1.2.840.10008.1.2.2',
  raw: '1.2.840.10008.1.2.1.98',
  jpeg: '1.2.840.10008.1.2.4.50',
  jpegLossless: '1.2.840.10008.1.2.4.70',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  rle: '1.2.840.10008.1.2.5',
} as const;

/** Pieces as they come from anywhere. */
export async function* piecesOf(bytes: Buffer, cuts: readonly number[] = []): AsyncGenerator<Buffer> {
  const places = [
    0,
    ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((one, other) => one - other),
    bytes.length,
  ];
  for (const [index, end] of places.slice(1).entries()) yield bytes.subarray(places[index], end);
}

export interface Rewriting {
  readonly from: string;
  readonly to: string;
  readonly cuts?: readonly number[];
  readonly limits?: Partial<ReencodingLimits>;
  readonly decodeFrame?: DecodeFrame;
}

const nothingToDecode: DecodeFrame = () => Promise.reject(new Error('a frame was to be decoded'));

/** The whole of what `reencode` writes. */
export const rewrite = async (dataSet: Buffer, { cuts, decodeFrame = nothingToDecode, ...how }: Rewriting) => {
  const written: Buffer[] = [];
  for await (const piece of reencode(piecesOf(dataSet, cuts), how, decodeFrame)) written.push(piece);
  return Buffer.concat(written);
};
