import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { giving, image, pixelData, stored } from '../../test/compressed-image.js';
import { text } from '../../test/elements.js';
import { rewrite, syntax } from '../../test/rewrite.js';

const { explicit, implicit, bigEndian } = syntax;
const rgb = Buffer.from('r1g1b1r2g2b2');

describe('a compressed image', () => {
  it.each([
    [
      'lossy JPEG in YBR_FULL_422',
      syntax.jpeg,
      { photometric: 'YBR_FULL_422', samples: 3, planar: 0, lossy: '01' },
      { photometric: 'RGB', samples: 3, planar: 0, lossy: '01' },
    ],
    [
      'lossy JPEG in RGB that nobody marked as lossy',
      syntax.jpeg,
      { photometric: 'RGB', samples: 3, planar: 0 },
      { photometric: 'RGB', samples: 3, planar: 0, lossy: '01' },
    ],
    [
      'lossy JPEG that is marked as lossless',
      syntax.jpeg,
      { photometric: 'MONOCHROME2', samples: 1, lossy: '00' },
      { photometric: 'MONOCHROME2', samples: 1, lossy: '01' },
    ],
    [
      'lossless JPEG by plane',
      syntax.jpegLossless,
      { photometric: 'YBR_FULL', samples: 3, planar: 1 },
      { photometric: 'YBR_FULL', samples: 3, planar: 0 },
    ],
    [
      'JPEG 2000 with its own colour transform',
      syntax.jpeg2000,
      { photometric: 'YBR_RCT', samples: 3 },
      { photometric: 'RGB', samples: 3, planar: 0 },
    ],
    [
      'RLE by plane',
      syntax.rle,
      { photometric: 'RGB', samples: 3, planar: 1 },
      { photometric: 'RGB', samples: 3, planar: 1 },
    ],
    ['RLE in grey', syntax.rle, { photometric: 'MONOCHROME1', samples: 1 }, { photometric: 'MONOCHROME1', samples: 1 }],
  ] as const)('%s says what it is when it is decoded', async (_what, from, before, after) => {
    const pixels = Buffer.alloc(4 * before.samples, rgb);
    const { decodeFrame } = giving(pixels);
    const written = await rewrite(encodeDataSet(image(before, pixelData(stored)), from), {
      from,
      to: explicit,
      decodeFrame,
    });
    expect(written).toEqual(encodeDataSet(image(after, pixelData(pixels)), explicit));
  });

  it('is handed to the decoder frame by frame, with what is known of it', async () => {
    const { asked, decodeFrame } = giving(Buffer.alloc(12));
    const before = { photometric: 'YBR_FULL_422', samples: 3, planar: 1 };
    await rewrite(encodeDataSet(image(before, pixelData(stored)), syntax.jpeg), {
      from: syntax.jpeg,
      to: explicit,
      decodeFrame,
    });
    const encoded = {
      rows: 2,
      columns: 2,
      samplesPerPixel: 3,
      bitsAllocated: 8,
      bitsStored: 8,
      signed: false,
      frames: 1,
    };
    expect(asked).toEqual([
      {
        transferSyntaxUid: syntax.jpeg,
        bytes: stored,
        number: 1,
        encoded: { ...encoded, photometricInterpretation: 'YBR_FULL_422', planar: true },
        decoded: { ...encoded, photometricInterpretation: 'RGB', planar: false },
      },
    ]);
  });

  it.each([
    [explicit, 'OW', '01020304'],
    [implicit, 'OW', '01020304'],
    [bigEndian, 'OW', '02010403'],
  ] as const)('of 16 bits goes to %s as words', async (to, vr, digits) => {
    const grey = { photometric: 'MONOCHROME2', samples: 1, size: [1, 2], bits: 16 } as const;
    const { decodeFrame } = giving(Buffer.from('01020304', 'hex'));
    const written = await rewrite(encodeDataSet(image(grey, pixelData(stored)), syntax.rle), {
      from: syntax.rle,
      to,
      decodeFrame,
    });
    expect(written).toEqual(encodeDataSet(image(grey, pixelData(Buffer.from(digits, 'hex'), vr)), to));
  });

  it('is padded to an even length', async () => {
    const grey = { photometric: 'MONOCHROME2', samples: 1, size: [1, 3] } as const;
    const { decodeFrame } = giving(Buffer.from('abc'));
    const written = await rewrite(encodeDataSet(image(grey, pixelData(stored)), syntax.rle), {
      from: syntax.rle,
      to: explicit,
      decodeFrame,
    });
    expect(written).toEqual(encodeDataSet(image(grey, pixelData(Buffer.from('abc\0'))), explicit));
  });

  it('of one bit a pixel has no gaps between its frames', async () => {
    const bitMap = { photometric: 'MONOCHROME2', samples: 1, size: [1, 5], bits: 1, frames: 3 } as const;
    const { decodeFrame } = giving(...[0b10001, 0b00111, 0b10101].map((bits) => Buffer.from([bits])));
    const dataSet = encodeDataSet(image(bitMap, pixelData(stored)), syntax.raw);
    const fragments = Buffer.concat([1, 2, 3].map(() => Buffer.from('feff00e002000000aa00', 'hex')));
    const [head, tail] = [dataSet.subarray(0, -(stored.length + 16)), dataSet.subarray(-8)];
    const written = await rewrite(Buffer.concat([head, fragments, tail]), {
      from: syntax.raw,
      to: explicit,
      decodeFrame,
    });
    expect(written).toEqual(encodeDataSet(image(bitMap, pixelData(Buffer.from([0b11110001, 0b01010100]))), explicit));
  });

  it('loses the tables that tell of its fragments', async () => {
    const grey = { photometric: 'MONOCHROME2', samples: 1 };
    const tables: readonly SyntheticElement[] = [0x7fe00001, 0x7fe00002].map((tag) => ({
      tag,
      vr: 'OV',
      value: Buffer.alloc(8),
    }));
    const pixels = Buffer.from('abcd');
    const { decodeFrame } = giving(pixels);
    const elements = image(grey, pixelData(stored)).toSpliced(-1, 0, ...tables);
    const written = await rewrite(encodeDataSet(elements, syntax.rle), { from: syntax.rle, to: explicit, decodeFrame });
    expect(written).toEqual(encodeDataSet(image(grey, pixelData(pixels)), explicit));
  });

  it('keeps a native icon beside it, and one that is compressed as well is decoded', async () => {
    const icon = (pixels: SyntheticElement): SyntheticElement => ({
      tag: 0x00880200,
      vr: 'SQ',
      value: [image({ photometric: 'PALETTE COLOR', samples: 1 }, pixels)],
    });
    const native = [text(0x00080060, 'CS', 'OT'), icon(pixelData(Buffer.from('abcd')))];
    expect(await rewrite(encodeDataSet(native, syntax.rle), { from: syntax.rle, to: explicit })).toEqual(
      encodeDataSet(native, explicit),
    );
    const fragments = Buffer.from(
      'e07f10004f420000fffffffffeff00e000000000feff00e0020000006161feffdde000000000',
      'hex',
    );
    const without = encodeDataSet([text(0x00080060, 'CS', 'OT'), icon(pixelData(Buffer.alloc(0)))], explicit);
    const at = without.length - 16 - 12;
    const compressed = Buffer.concat([without.subarray(0, at), fragments, without.subarray(-16)]);
    const { decodeFrame } = giving(Buffer.from('abcd'));
    expect(await rewrite(compressed, { from: syntax.rle, to: explicit, decodeFrame })).toEqual(
      encodeDataSet(native, explicit),
    );
  });
});
