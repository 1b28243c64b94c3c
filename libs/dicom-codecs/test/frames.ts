import type { EncodedFrame, PixelForm } from '@waystation/dicom';
import codecs from 'dcmjs-codecs';

export const syntax = {
  raw: '1.2.840.10008.1.2.1.98',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
  jpegExtended: '1.2.840.10008.1.2.4.51',
  jpegLossless: '1.2.840.10008.1.2.4.57',
  jpegLosslessFirst: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpegLsNear: '1.2.840.10008.1.2.4.81',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  highThroughput: '1.2.840.10008.1.2.4.201',
  rle: '1.2.840.10008.1.2.5',
  deflatedFrame: '1.2.840.10008.1.2.8.1',
} as const;

const ROWS = 37;
const COLUMNS = 53;

export const form = (changes: Partial<PixelForm> = {}): PixelForm => ({
  rows: ROWS,
  columns: COLUMNS,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  signed: false,
  photometricInterpretation: (changes.samplesPerPixel ?? 1) === 1 ? 'MONOCHROME2' : 'RGB',
  planar: false,
  frames: 1,
  ...changes,
});

/** Samples that go up and down, with all the bits that the form has, the sign among them. */
export const pixelsOf = ({ rows, columns, samplesPerPixel, bitsAllocated, bitsStored, signed }: PixelForm): Buffer => {
  const samples = rows * columns * samplesPerPixel;
  const bytes = Math.ceil(bitsAllocated / 8);
  const pixels = Buffer.alloc(samples * bytes);
  for (let sample = 0; sample < samples; sample += 1) {
    const height = Math.round(((Math.sin(sample / 31) + 1) / 2) * (2 ** bitsStored - 1));
    const value = signed ? height - 2 ** (bitsStored - 1) : height;
    if (bytes === 1) pixels[sample] = value & 0xff;
    else if (bytes === 2) pixels.writeUInt16LE(value & 0xffff, sample * 2);
    else pixels.writeUInt32LE(value >>> 0, sample * bytes);
  }
  return pixels;
};

type Encoder = 'encodeJpeg' | 'encodeJpegLs' | 'encodeJpeg2000' | 'encodeHtJpeg2000' | 'encodeRle';

/** Compresses pixels: what decoding has to undo. */
export const compress = async (
  encoder: Encoder,
  pixels: Buffer,
  { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, signed, photometricInterpretation }: PixelForm,
  parameters: Record<string, unknown> = {},
): Promise<Buffer> => {
  if (!codecs.NativeCodecs.isInitialized()) await codecs.NativeCodecs.initializeAsync();
  const context = new codecs.Context({
    width: columns,
    height: rows,
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    pixelRepresentation: signed ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation,
    decodedBuffer: pixels,
  });
  const encode = codecs.NativeCodecs[encoder].bind(codecs.NativeCodecs) as (
    context: InstanceType<typeof codecs.Context>,
    parameters: Record<string, unknown>,
  ) => InstanceType<typeof codecs.Context>;
  const bytes = Buffer.from(encode(context, parameters).getEncodedBuffer() ?? []);
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
};

export const frame = (
  transferSyntaxUid: string,
  bytes: Buffer,
  encoded: PixelForm,
  decoded: Partial<PixelForm> = {},
): EncodedFrame => ({ transferSyntaxUid, bytes, number: 1, encoded, decoded: { ...encoded, ...decoded } });
