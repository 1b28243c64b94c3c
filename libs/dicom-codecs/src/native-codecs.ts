import type { EncodedFrame } from '@waystation/dicom';
import { messageOf } from '@waystation/kernel';
import codecs from 'dcmjs-codecs';
import type { CodeStream } from './code-stream.js';
import { undecodable } from './undecodable.js';

export type Codec = 'decodeJpeg' | 'decodeJpegLs' | 'decodeJpeg2000';

/** What libjpeg only warns of: it fills up what is missing, and nobody could tell that from an image. */
const damage = /Corrupt JPEG|Premature end of JPEG/i;

const notices: string[] = [];
let ready = false;

const prepare = async (): Promise<void> => {
  codecs.log.info = (...words: readonly unknown[]) => void notices.push(words.map(String).join(' '));
  await codecs.NativeCodecs.initializeAsync({ logCodecsInfo: true });
  ready = true;
};

/**
 * Runs a codec (WebAssembly of libjpeg, CharLS and OpenJPEG).
 * @returns samples of one byte, or two little endian where they have more than 8 bits
 * @throws CodedError `dicom-codecs.undecodable`
 */
export const runCodec = async (codec: Codec, frame: EncodedFrame, stream: CodeStream): Promise<Uint8Array> => {
  if (!ready) await prepare();
  notices.length = 0;
  try {
    const context = codecs.NativeCodecs[codec](contextOf(frame, stream), {
      convertColorspaceToRgb: toRgb(frame),
    });
    const damaged = notices.find((notice) => damage.test(notice));
    if (damaged !== undefined) throw new Error(damaged.split('::').at(-1));
    return context.getDecodedBuffer() ?? new Uint8Array();
  } catch (error) {
    // What a codec leaves behind when it fails is not to be relied on.
    ready = false;
    throw undecodable(frame, messageOf(error).trim(), error);
  }
};

const toRgb = ({ encoded, decoded }: EncodedFrame): boolean =>
  encoded.photometricInterpretation !== 'RGB' && decoded.photometricInterpretation === 'RGB';

const contextOf = ({ encoded }: EncodedFrame, { columns, rows, components, bits, bytes }: CodeStream) =>
  new codecs.Context({
    width: columns,
    height: rows,
    samplesPerPixel: components,
    bitsAllocated: bits > 8 ? 16 : 8,
    bitsStored: bits,
    pixelRepresentation: encoded.signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: components === 1 ? 'MONOCHROME2' : 'RGB',
    encodedBuffer: bytes,
  });
