import type { PixelForm } from '@waystation/dicom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form, frame, syntax } from '../test/frames.js';
import { decodeRle } from './decode-rle.js';

const rle = (...segments: readonly (readonly number[])[]): Buffer => {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments.length, 0);
  let offset = 64;
  for (const [index, segment] of segments.entries()) {
    header.writeUInt32LE(offset, 4 + 4 * index);
    offset += segment.length;
  }
  return Buffer.concat([header, Buffer.from(segments.flat())]);
};
const bytes = (changes: Partial<PixelForm>) => form({ rows: 1, columns: 4, bitsAllocated: 8, ...changes });
const decode = (encoded: Buffer, pixelForm: PixelForm) => [...decodeRle(frame(syntax.rle, encoded, pixelForm))];

/** Runs and stretches of literal bytes, as an encoder may choose them. */
const runs = fc.array(
  fc.oneof(
    fc
      .uint8Array({ minLength: 1, maxLength: 128 })
      .map((literal) => ({ code: [literal.length - 1, ...literal], plain: [...literal] })),
    fc
      .record({ byte: fc.nat(255), length: fc.integer({ min: 2, max: 128 }) })
      .map(({ byte, length }) => ({ code: [257 - length, byte], plain: Array<number>(length).fill(byte) })),
    fc.constant({ code: [128], plain: [] }),
  ),
  { minLength: 1, maxLength: 20 },
);

describe('decodeRle', () => {
  it('unpacks runs, literal bytes and what means nothing', () => {
    expect(decode(rle([1, 7, 8, 128, 255, 9]), bytes({}))).toEqual([7, 8, 9, 9]);
  });

  it('puts the high bytes of samples behind the low ones', () => {
    expect(decode(rle([253, 1], [3, 2, 3, 4, 5]), bytes({ bitsAllocated: 16 }))).toEqual([2, 1, 3, 1, 4, 1, 5, 1]);
  });

  it('gives colour by pixel or by plane, as the data set says', () => {
    const colours = rle([253, 1], [253, 2], [253, 3]);
    const colour = { samplesPerPixel: 3, photometricInterpretation: 'RGB' };
    expect(decode(colours, bytes(colour))).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
    expect(decode(colours, bytes({ ...colour, planar: true }))).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
  });

  it('gives wide colour by plane', () => {
    const colours = rle([253, 1], [253, 2], [253, 3], [253, 4]);
    expect(decode(colours, bytes({ samplesPerPixel: 2, bitsAllocated: 16, planar: true }))).toEqual([
      2, 1, 2, 1, 2, 1, 2, 1, 4, 3, 4, 3, 4, 3, 4, 3,
    ]);
  });

  it('takes bit maps by the byte', () => {
    expect(decode(rle([1, 0xf0, 0x03]), bytes({ rows: 2, columns: 5, bitsAllocated: 1 }))).toEqual([0xf0, 0x03]);
  });

  it('ignores what is behind the last pixel', () => {
    expect(decode(rle([3, 1, 2, 3, 4, 0, 0]), bytes({}))).toEqual([1, 2, 3, 4]);
    expect(decode(rle([250, 9]), bytes({}))).toEqual([9, 9, 9, 9]);
  });

  it('undoes what any encoder did', () => {
    fc.assert(
      fc.property(runs, (parts) => {
        const plain = parts.flatMap((part) => part.plain);
        fc.pre(plain.length > 0);
        const encoded = rle(parts.flatMap((part) => part.code));
        expect(decode(encoded, bytes({ columns: plain.length }))).toEqual(plain);
      }),
    );
  });

  it.each([
    ['no header', Buffer.alloc(10), /10 bytes, expected an RLE header/],
    ['another number of segments', rle([3, 1, 2, 3, 4], [3, 1, 2, 3, 4]), /2 RLE segments, expected 1/],
    ['too few bytes', rle([2, 1, 2, 3]), /RLE segment 1 has fewer than 4 bytes/],
    ['a stretch that is cut', rle([3, 1, 2]), /fewer than 4 bytes/],
    ['a run without its byte', rle([253]), /fewer than 4 bytes/],
  ])('refuses %s', (_what, encoded, why) => {
    expect(() => decode(encoded, bytes({}))).toThrow(why);
  });
});
