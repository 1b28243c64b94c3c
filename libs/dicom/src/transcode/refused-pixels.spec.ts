import { expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import { giving, image, pixelData, stored } from '../../test/compressed-image.js';
import { rewrite, syntax, type Rewriting } from '../../test/rewrite.js';

const { explicit } = syntax;
const refuse = (dataSet: Buffer, how: Omit<Rewriting, 'to'>, code: string) =>
  expect(rewrite(dataSet, { ...how, to: explicit })).rejects.toMatchObject({ code });
const grey = { photometric: 'MONOCHROME2', samples: 1 } as const;

it('a compressed image is refused where it does not say how large it is', async () => {
  const sizeless = image(grey, pixelData(stored)).filter(({ tag }) => tag !== 0x00280010);
  await refuse(encodeDataSet(sizeless, syntax.rle), { from: syntax.rle }, 'dicom.malformed');
  await refuse(
    encodeDataSet(image({ ...grey, bits: 12 }, pixelData(stored)), syntax.rle),
    { from: syntax.rle },
    'dicom.malformed',
  );
  await refuse(
    encodeDataSet(image({ ...grey, size: [0, 4] }, pixelData(stored)), syntax.rle),
    { from: syntax.rle },
    'dicom.malformed',
  );
});

it('a compressed image is refused where it is not compressed after all', async () => {
  await refuse(encodeDataSet(image(grey, pixelData(stored)), explicit), { from: syntax.rle }, 'dicom.malformed');
});

it('a compressed image is refused where a frame decodes to another size', async () => {
  const { decodeFrame } = giving(Buffer.alloc(3));
  await refuse(
    encodeDataSet(image(grey, pixelData(stored)), syntax.rle),
    { from: syntax.rle, decodeFrame },
    'dicom.malformed',
  );
});

it('a compressed image is refused where a frame, or all of them, would be too large', async () => {
  const huge = encodeDataSet(image({ ...grey, size: [1024, 1024] }, pixelData(stored)), syntax.rle);
  await refuse(huge, { from: syntax.rle, limits: { frameBytes: 1024 * 1024 - 1 } }, 'dicom.limit-exceeded');
  const endless = encodeDataSet(image({ ...grey, size: [1024, 1024], frames: 4096 }, pixelData(stored)), syntax.rle);
  await refuse(endless, { from: syntax.rle }, 'dicom.limit-exceeded');
});

it('a compressed image passes on what its decoder says', async () => {
  const decodeFrame = () => Promise.reject(new Error('broken'));
  const dataSet = encodeDataSet(image(grey, pixelData(stored)), syntax.rle);
  await expect(rewrite(dataSet, { from: syntax.rle, to: explicit, decodeFrame })).rejects.toThrow('broken');
});
