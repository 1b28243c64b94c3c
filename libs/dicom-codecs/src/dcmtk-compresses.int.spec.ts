import { writeFile } from 'node:fs/promises';
import { encodeFileMeta, type PixelForm } from '@waystation/dicom';
import { encodeDataSet, type SyntheticElement } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dcmtk } from '../test/dcmtk.js';
import { form, pixelsOf } from '../test/frames.js';
import { largestDifference, pixelsIn, Workshop } from '../test/workshop.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const IMPLICIT = '1.2.840.10008.1.2';
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7.4';
const workshop = new Workshop();
beforeAll(workshop.open);
afterAll(workshop.close);

const text = (tag: number, vr: SyntheticElement['vr'], value: string) => ({ tag, vr, value: Buffer.from(value) });
const uid = (tag: number, value: string) => ({ ...text(tag, 'UI', value) });

/** An image that is not compressed. */
const image = async (pixelForm: PixelForm): Promise<string> => {
  const pixels = Buffer.concat(
    Array.from({ length: pixelForm.frames }, (_, frame) => turned(pixelsOf(pixelForm), frame)),
  );
  const elements: readonly SyntheticElement[] = [
    uid(0x00080016, SECONDARY_CAPTURE),
    uid(0x00080018, '1.2.3.4'),
    text(0x00080060, 'CS', 'OT'),
    uid(0x0020000d, '1.2.3'),
    uid(0x0020000e, '1.2.3.1'),
    { tag: 0x00280002, vr: 'US', value: pixelForm.samplesPerPixel },
    text(0x00280004, 'CS', pixelForm.photometricInterpretation),
    ...(pixelForm.samplesPerPixel > 1 ? [{ tag: 0x00280006, vr: 'US', value: 0 } as const] : []),
    text(0x00280008, 'IS', String(pixelForm.frames)),
    { tag: 0x00280010, vr: 'US', value: pixelForm.rows },
    { tag: 0x00280011, vr: 'US', value: pixelForm.columns },
    { tag: 0x00280100, vr: 'US', value: pixelForm.bitsAllocated },
    { tag: 0x00280101, vr: 'US', value: pixelForm.bitsStored },
    { tag: 0x00280102, vr: 'US', value: pixelForm.bitsStored - 1 },
    { tag: 0x00280103, vr: 'US', value: pixelForm.signed ? 1 : 0 },
    { tag: 0x7fe00010, vr: pixelForm.bitsAllocated > 8 ? 'OW' : 'OB', value: pixels },
  ];
  const meta = encodeFileMeta({
    sopClassUid: SECONDARY_CAPTURE,
    sopInstanceUid: '1.2.3.4',
    transferSyntaxUid: EXPLICIT,
  });
  await writeFile(workshop.inFolder('image.dcm'), Buffer.concat([meta, encodeDataSet(elements, EXPLICIT)]));
  return workshop.inFolder('image.dcm');
};

/** Every frame is another image. */
const turned = (pixels: Buffer, frame: number): Buffer => {
  const at = (frame * 64) % pixels.length;
  return Buffer.concat([pixels.subarray(at), pixels.subarray(0, at)]);
};

const grey8 = form({ bitsAllocated: 8, bitsStored: 8 });
const grey12 = form({ bitsStored: 12 });
const grey16 = form();
const signed16 = form({ signed: true });
const colour = form({ samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8, photometricInterpretation: 'RGB' });
const film = { ...grey12, frames: 5 };
const colourFilm = { ...colour, frames: 3 };

describe('What DCMTK compresses without loss', () => {
  const everything = { grey8, grey12, grey16, signed16, colour, film, colourFilm };
  const ways = [
    ['dcmcrle'],
    ['dcmcjpeg', '+e1'],
    ['dcmcjpeg', '+el', '+sv', '2'],
    ['dcmcjpls', '+il'],
    ['dcmcjpls', '+is'],
    ['dcmcjpls', '+in'],
    ['dcmcjpls', '+fs', '1'],
  ] as const;
  const cases = Object.entries(everything).flatMap(([name, pixelForm]) =>
    ways.map((way) => [name, way, pixelForm] as const),
  );

  it.each(cases)('comes out as it went in: %s by %s', async (_name, [tool, ...options], pixelForm) => {
    const plain = await image(pixelForm);
    await dcmtk(tool, ...options, plain, workshop.inFolder('compressed.dcm'));
    for (const to of [EXPLICIT, IMPLICIT]) {
      const ours = await workshop.rewritten(workshop.inFolder('compressed.dcm'), to);
      const pixels = to === EXPLICIT ? pixelsIn(ours) : pixelsIn(await workshop.rewritten(ours, EXPLICIT, 'again.dcm'));
      expect(largestDifference(pixels, pixelsIn(plain))).toBe(0);
    }
  });
});

describe('What DCMTK compresses with loss', () => {
  const cases = [
    ['baseline', colour, ['+eb']],
    ['baseline in RGB', colour, ['+eb', '+cr']],
    ['baseline with colour for each pixel', colourFilm, ['+eb', '+s4']],
    ['baseline in grey', grey8, ['+eb']],
    ['extended', film, ['+ee', '+bt']],
  ] as const;

  it.each(cases)('comes out as from its own decoder: %s', async (_name, pixelForm, options) => {
    await dcmtk('dcmcjpeg', ...options, await image(pixelForm), workshop.inFolder('lossy.dcm'));
    await dcmtk('dcmdjpeg', workshop.inFolder('lossy.dcm'), workshop.inFolder('theirs.dcm'));
    const ours = await workshop.rewritten(workshop.inFolder('lossy.dcm'), EXPLICIT);
    expect(largestDifference(pixelsIn(ours), pixelsIn(workshop.inFolder('theirs.dcm')))).toBeLessThanOrEqual(1);
    expect(await dcmtk('dcmdump', '+P', '0028,2110', ours)).toContain('[01]');
  });
});
