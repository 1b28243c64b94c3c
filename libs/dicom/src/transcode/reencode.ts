import { CodedError } from '@waystation/kernel';
import { transferSyntaxes, type TransferSyntax } from '../dictionary/transfer-syntaxes.js';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian, type Encoding } from '../header/encoding.js';
import { ByteSource } from './byte-source.js';
import { coalesced } from './coalesced.js';
import { DataSetReencoder } from './data-set-reencoder.js';
import { decodings } from './decoded-image.js';
import { deflated, inflated } from './deflated-data-set.js';
import { PixelDecoding, type DecodeFrame } from './pixel-decoding.js';

/** What writing a data set anew may cost. */
export interface ReencodingLimits {
  /** Sequences inside each other. */
  readonly depth: number;
  /** Bytes of one frame that is decoded, compressed or not: all that is held in memory at once. */
  readonly frameBytes: number;
}

export const defaultReencodingLimits: ReencodingLimits = { depth: 256, frameBytes: 512 * 1024 * 1024 };

export interface Reencoding {
  /** Transfer syntax UIDs. */
  readonly from: string;
  readonly to: string;
  readonly limits?: Partial<ReencodingLimits> | undefined;
}

/** Those that hold nothing but elements as PS3.5 A.1 to A.3 and A.5 write them. */
const plainUids: ReadonlySet<string> = new Set([
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.2',
]);

/** Whether a data set can be written anew: from what is not compressed or can be decoded, to what is not compressed. */
export const canReencode = (from: string, to: string): boolean =>
  plainUids.has(to) && (plainUids.has(from) || decodings.has(from));

/**
 * A data set (without file meta information) in another transfer syntax, in pieces as they come. Every value stays what
 * it is, byte order apart; of images that were compressed, what PS3.5 8.2 asks for: Photometric Interpretation, Planar
 * Configuration and Pixel Data, and Lossy Image Compression says 01 where the compression lost something. The SOP
 * Instance UID stays (PS3.4 B.4.1.3): decoding loses nothing that was not lost.
 *
 * @param decodeFrame decodes frames of compressed pixel data
 * @throws `dicom.not-reencodable`, `dicom.malformed`, `dicom.truncated`, `dicom.limit-exceeded`, what `decodeFrame` and
 *   the pieces throw
 */
export async function* reencode(
  pieces: AsyncIterable<Buffer>,
  { from, to, limits }: Reencoding,
  decodeFrame: DecodeFrame,
): AsyncGenerator<Buffer> {
  const [source, target] = [syntaxOf(from), syntaxOf(to)];
  if (!canReencode(from, to)) throw notReencodable(source.name, target.name);
  const { depth, frameBytes } = { ...defaultReencodingLimits, ...limits };
  const decoding = decodings.get(from);
  const pixels = decoding && new PixelDecoding(from, decoding, decodeFrame, frameBytes);
  const bytes = new ByteSource(source.deflated ? inflated(pieces) : pieces);
  const reencoder = new DataSetReencoder(bytes, encodingOf(source), encodingOf(target), depth, pixels);
  try {
    const written = coalesced(reencoder.pieces());
    yield* target.deflated ? deflated(written) : written;
  } finally {
    await bytes.close();
  }
}

const syntaxOf = (uid: string): TransferSyntax => {
  const syntax = transferSyntaxes.get(uid);
  if (syntax === undefined) throw new CodedError('dicom.not-reencodable', `transfer syntax ${uid} is not in PS3.6`);
  return syntax;
};

const encodingOf = ({ explicit, bigEndian }: TransferSyntax): Encoding =>
  explicit ? (bigEndian ? explicitBigEndian : explicitLittleEndian) : implicitLittleEndian;

const notReencodable = (from: string, to: string): CodedError =>
  new CodedError('dicom.not-reencodable', `a data set in ${from} cannot be written in ${to}`);
