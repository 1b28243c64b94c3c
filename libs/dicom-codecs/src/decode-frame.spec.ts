import type { PixelForm } from '@waystation/dicom';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compress, form, frame, pixelsOf, syntax } from '../test/frames.js';
import { decodeFrame } from './decode-frame.js';

const forms: readonly (readonly [string, PixelForm])[] = [
  ['grey of 8 bits', form({ bitsAllocated: 8, bitsStored: 8 })],
  ['grey of 12 bits', form({ bitsStored: 12 })],
  ['grey of 16 bits', form()],
  ['grey of 16 bits with a sign', form({ signed: true })],
  ['colour of 8 bits', form({ samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8 })],
];
const lossless = [
  ['JPEG with another predictor', syntax.jpegLossless, 'encodeJpeg', { lossy: false, predictor: 6 }],
  ['JPEG with the first predictor', syntax.jpegLosslessFirst, 'encodeJpeg', { lossy: false, predictor: 1 }],
  ['JPEG-LS', syntax.jpegLs, 'encodeJpegLs', { lossy: false }],
  ['JPEG 2000', syntax.jpeg2000, 'encodeJpeg2000', {}],
  ['JPEG 2000 without a colour transform', syntax.jpeg2000, 'encodeJpeg2000', { allowMct: 0 }],
  ['high throughput JPEG 2000', syntax.highThroughput, 'encodeHtJpeg2000', {}],
  ['RLE', syntax.rle, 'encodeRle', {}],
] as const;

describe('what is compressed without loss', () => {
  const cases = lossless.flatMap(([how, ...rest]) => forms.map(([what, it]) => [what, how, it, ...rest] as const));
  it.each(cases)('is the same again: %s in %s', async (_what, _how, pixelForm, uid, encoder, parameters) => {
    const pixels = pixelsOf(pixelForm);
    const bytes = await compress(encoder, pixels, pixelForm, parameters);
    expect(Buffer.from(await decodeFrame(frame(uid, bytes, pixelForm)))).toEqual(pixels);
  });

  it.each([
    ['raw deflate streams', deflateRawSync],
    ['deflate streams with a header', deflateSync],
  ])('is the same again: %s', async (_what, deflate) => {
    const pixels = pixelsOf(form());
    const bytes = Buffer.concat([deflate(pixels), Buffer.alloc(1)]);
    expect(Buffer.from(await decodeFrame(frame(syntax.deflatedFrame, bytes, form())))).toEqual(pixels);
  });

  it('is the same again: frames that are only wrapped', async () => {
    const odd = form({ bitsAllocated: 8, bitsStored: 8, rows: 3, columns: 5 });
    const pixels = pixelsOf(odd);
    const decoded = await decodeFrame(frame(syntax.raw, Buffer.concat([pixels, Buffer.alloc(1)]), odd));
    expect(Buffer.from(decoded)).toEqual(pixels);
  });
});

describe('what is compressed with loss', () => {
  const largestDifference = (one: Uint8Array, other: Uint8Array): number =>
    Math.max(...one.map((sample, index) => Math.abs(sample - (other[index] ?? 0))));

  it('is nearly the same: JPEG, its colours told otherwise on the way', async () => {
    const colour = form({ samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8 });
    const grey = pixelsOf({ ...colour, samplesPerPixel: 1 });
    const pixels = Buffer.from([...grey].flatMap((sample) => [sample, sample, sample]));
    const bytes = await compress('encodeJpeg', pixels, colour, { lossy: true, quality: 100 });
    const encoded = { ...colour, photometricInterpretation: 'YBR_FULL' };
    const asRgb = await decodeFrame(frame(syntax.jpegBaseline, bytes, encoded, { photometricInterpretation: 'RGB' }));
    expect(largestDifference(asRgb, pixels)).toBeLessThanOrEqual(3);
    const asItIs = await decodeFrame(frame(syntax.jpegBaseline, bytes, encoded));
    expect(
      largestDifference(
        asItIs.filter((_, index) => index % 3 === 0),
        grey,
      ),
    ).toBeLessThanOrEqual(3);
    expect(asItIs.filter((_, index) => index % 3 > 0).every((sample) => Math.abs(sample - 128) <= 2)).toBe(true);
  });

  it('is as near as it says: near-lossless JPEG-LS', async () => {
    const grey = form({ bitsAllocated: 8, bitsStored: 8 });
    const pixels = pixelsOf(grey);
    const bytes = await compress('encodeJpegLs', pixels, grey, { lossy: true, allowedLossyError: 2 });
    expect(largestDifference(await decodeFrame(frame(syntax.jpegLsNear, bytes, grey)), pixels)).toBe(2);
  });
});

describe('samples', () => {
  it('of 8 bits are widened where 16 are allocated', async () => {
    const narrow = form({ bitsAllocated: 8, bitsStored: 8 });
    const pixels = pixelsOf(narrow);
    const bytes = await compress('encodeJpegLs', pixels, narrow, { lossy: false });
    const decoded = await decodeFrame(frame(syntax.jpegLs, bytes, form({ bitsStored: 8 })));
    expect(Buffer.from(decoded)).toEqual(Buffer.from([...pixels].flatMap((sample) => [sample, 0])));
  });
});

describe('a frame is refused', () => {
  const grey = form({ bitsStored: 12 });
  const colour = form({ samplesPerPixel: 3 });
  const refused = (uid: string, bytes: Buffer, pixelForm: PixelForm, why: RegExp) =>
    expect(decodeFrame(frame(uid, bytes, pixelForm))).rejects.toMatchObject({
      code: 'dicom-codecs.undecodable',
      message: expect.stringMatching(why) as string,
    });

  it.each(lossless.filter(([, uid]) => uid !== syntax.rle))(
    'that is cut: %s',
    async (_what, uid, encoder, parameters) => {
      const bytes = await compress(encoder, pixelsOf(grey), grey, parameters);
      await refused(uid, bytes.subarray(0, bytes.length / 2), grey, /^frame 1 cannot be decoded: /);
      // The codec that failed does not take the next frame with it.
      expect(Buffer.from(await decodeFrame(frame(uid, bytes, grey)))).toEqual(pixelsOf(grey));
    },
  );

  it('that is of another size than the data set says', async () => {
    const bytes = await compress('encodeJpegLs', pixelsOf(grey), grey);
    await refused(syntax.jpegLs, bytes, { ...grey, rows: 38 }, /53 x 37 pixels of 1 samples, expected 53 x 38/);
    await refused(syntax.jpegLs, bytes, { ...grey, samplesPerPixel: 3 }, /of 1 samples, expected .* of 3 samples/);
    await refused(syntax.jpegLs, bytes, { ...grey, bitsAllocated: 8 }, /samples of 1\d bits, expected 8 at most/);
    await refused(syntax.jpegLs, bytes, { ...grey, bitsAllocated: 32 }, /samples of 1\d bits, expected 32 at most/);
  });

  it('that is no image, or one of another kind', async () => {
    const bytes = await compress('encodeJpegLs', pixelsOf(grey), grey);
    await refused(syntax.jpeg2000, bytes, grey, /no image that the transfer syntax allows/);
    await refused(syntax.jpegBaseline, Buffer.alloc(64), grey, /no image that the transfer syntax allows/);
    await refused('1.2.840.10008.1.2.4.102', bytes, grey, /nothing decodes/);
  });

  it('that has colours of more bits than its codec gives', async () => {
    const bytes = await compress('encodeJpeg2000', pixelsOf(colour), colour);
    await refused(syntax.jpeg2000, bytes, colour, /no image that the transfer syntax allows/);
  });

  it('that inflates to something else', async () => {
    const pixels = pixelsOf(grey);
    await refused(syntax.deflatedFrame, deflateRawSync(pixels.subarray(2)), grey, /3920 bytes, expected 3922/);
    await refused(syntax.deflatedFrame, deflateRawSync(Buffer.concat([pixels, pixels])), grey, /cannot be decoded/);
    await refused(syntax.deflatedFrame, Buffer.alloc(8, 0xff), grey, /cannot be decoded/);
    await refused(syntax.raw, pixels.subarray(2), grey, /3920 bytes, expected 3922/);
  });
});
