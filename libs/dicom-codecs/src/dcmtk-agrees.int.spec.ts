import { readFileSync } from 'node:fs';
import { canReencode, readFileMeta, transferSyntaxes } from '@waystation/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dcmtk, decompressorOf, dumps } from '../test/dcmtk.js';
import { samplePath, validSamples } from '../test/samples.js';
import { areSameDataSets, largestDifference, pixelsIn, Workshop } from '../test/workshop.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const IMPLICIT = '1.2.840.10008.1.2';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const option: Readonly<Record<string, string>> = { [EXPLICIT]: '+te', [IMPLICIT]: '+ti', [BIG_ENDIAN]: '+tb' };

const workshop = new Workshop();
beforeAll(workshop.open);
afterAll(workshop.close);

/** Elements that the standard has: of private ones only DCMTK has a dictionary. */
const standard = (lines: readonly string[]) =>
  lines.filter((line) => !/^ *\([0-9a-f]{3}[13579bdf],|^ *\(fffe,e000\)/.test(line));

interface Sample {
  readonly name: string;
  readonly syntax: string;
  readonly path: string;
}
const samples: readonly Sample[] = validSamples.map((name) => {
  const path = samplePath(name);
  return { name, path, syntax: readFileMeta(readFileSync(path)).transferSyntaxUid };
});
const byDcmtk = samples.filter(
  ({ syntax }) => decompressorOf(syntax) !== undefined || transferSyntaxes.get(syntax)?.encapsulated === false,
);
const others = samples.filter((sample) => !byDcmtk.includes(sample));

/** Not images, although they say so: DCMTK refuses them too. */
const refusedByAll = new Set(['fo-dicom/genFile.dcm']);
/** Bit maps, which DCMTK does not decode. */
const beyondDcmtk = /liver(_nonbyte_aligned)?_rle/;
const titled = (list: readonly Sample[]) => list.map((sample) => [sample.name, sample] as const);

describe.skipIf(samples.length === 0)('DCMTK', () => {
  const comparable = byDcmtk.filter(({ name }) => !refusedByAll.has(name) && !beyondDcmtk.test(name));

  it.each(titled(comparable))('finds the same in %s as we write it', async (_name, { path, syntax }) => {
    const tool = decompressorOf(syntax);
    const source = tool === undefined ? path : workshop.inFolder('decompressed.dcm');
    if (tool !== undefined) await dcmtk(tool, path, source);
    const [theirs, ours] = await Promise.all([
      workshop.converted(source, '+te', 'theirs.dcm'),
      workshop.rewritten(path, EXPLICIT).then((file) => workshop.converted(file, '+te', 'ours-explicit.dcm')),
    ]);
    await expectSame(ours, theirs, /\.4\.5[01]$/.test(syntax) ? 1 : 0);
  });

  /** Byte for byte, or in all that DCMTK says of them; pixels may differ by so much. */
  const expectSame = async (ours: string, theirs: string, difference: number): Promise<void> => {
    if (areSameDataSets(ours, theirs)) return;
    const [allOurs, allTheirs] = await Promise.all([
      workshop.converted(ours, '+ti', 'ours-i.dcm'),
      workshop.converted(theirs, '+ti', 'theirs-i.dcm'),
    ]);
    const [saidOfOurs = [], saidOfTheirs = [], allOfOurs, allOfTheirs] = await dumps(ours, theirs, allOurs, allTheirs);
    expect(saidOfOurs).not.toEqual([]);
    expect(standard(saidOfOurs)).toEqual(standard(saidOfTheirs));
    expect(allOfOurs).toEqual(allOfTheirs);
    expect(largestDifference(pixelsIn(ours), pixelsIn(theirs))).toBeLessThanOrEqual(difference);
  };

  const plain = byDcmtk.filter(({ syntax }) => decompressorOf(syntax) === undefined && canReencode(syntax, IMPLICIT));
  const asItWas = new Map<string, string>();
  /** What it was, in implicit; written once for both. */
  const before = async ({ name, path }: Sample): Promise<string> => {
    const known = asItWas.get(name) ?? (await workshop.converted(path, '+ti', `before-${asItWas.size}.dcm`));
    asItWas.set(name, known);
    return known;
  };
  it.each([
    ['implicit', IMPLICIT],
    ['big endian', BIG_ENDIAN],
  ])(
    'reads what we write in %s as what it was',
    async (_how, to) => {
      for (const sample of plain.filter(({ syntax }) => syntax !== to)) {
        const { name, path, syntax } = sample;
        const way = option[syntax === IMPLICIT ? IMPLICIT : EXPLICIT] ?? '';
        const [back, was] = await Promise.all([
          workshop
            .rewritten(path, to)
            .then((file) => workshop.converted(file, way, 'back.dcm'))
            .then((file) => workshop.converted(file, '+ti', 'after.dcm')),
          before(sample),
        ]);
        if (areSameDataSets(back, was)) continue;
        const [saidNow, saidThen] = await dumps(back, was);
        expect([name, saidNow]).toEqual([name, saidThen]);
        expect([name, largestDifference(pixelsIn(back), pixelsIn(was))]).toEqual([name, 0]);
      }
    },
    300_000,
  );

  it('refuses the samples that we refuse', async () => {
    for (const name of refusedByAll) {
      await expect(workshop.rewritten(samplePath(name), EXPLICIT)).rejects.toMatchObject({
        code: 'dicom-codecs.undecodable',
      });
      await expect(dcmtk('dcmdjpeg', samplePath(name), workshop.inFolder('refused.dcm'))).rejects.toThrow();
    }
  });
});

// The same images are there without compression.
const siblings = [
  ['pydicom/test_files/MR_small_jp2klossless.dcm', 'pydicom/test_files/MR_small.dcm'],
  ['pydicom-data/emri_small_jpeg_2k_lossless.dcm', 'pydicom-data/emri_small.dcm'],
  ['pydicom-data/liver_j2k.dcm', 'pydicom-data/liver.dcm'],
  ['pydicom-data/liver_rle.dcm', 'pydicom-data/liver.dcm'],
  ['pydicom-data/liver_deflate.dcm', 'pydicom-data/liver.dcm'],
  ['pydicom-data/liver_nonbyte_aligned_j2k.dcm', 'pydicom-data/liver_nonbyte_aligned.dcm'],
  ['pydicom-data/liver_nonbyte_aligned_rle.dcm', 'pydicom-data/liver_nonbyte_aligned.dcm'],
  ['pydicom-data/liver_nonbyte_aligned_deflate.dcm', 'pydicom-data/liver_nonbyte_aligned.dcm'],
] as const;

describe.skipIf(samples.length === 0)('What DCMTK does not decode', () => {
  it.each(siblings)('is the image that it was: %s', async (compressed, plain) => {
    const ours = await workshop.rewritten(samplePath(compressed), EXPLICIT);
    expect(
      largestDifference(pixelsIn(ours), pixelsIn(await workshop.rewritten(samplePath(plain), EXPLICIT, 'plain.dcm'))),
    ).toBe(0);
  });

  it.each(titled(others))('keeps every other element: %s', async (_name, { path }) => {
    const ours = await workshop.converted(await workshop.rewritten(path, EXPLICIT), '+te', 'after.dcm');
    const [before = [], after = []] = (await dumps(path, ours)).map(standard);
    const told = (lines: readonly string[]) =>
      lines
        .filter((line) => !/PhotometricInterpretation|PlanarConfiguration/.test(line))
        .map((line) => line.replace(/ +\]/, ']').replace(/#.*?,/, '#'));
    expect(told(after)).toEqual(told(before));
    expect(before).not.toEqual([]);
    expect(after.filter((line) => /YBR_(RCT|ICT)/.test(line))).toEqual([]);
  });
});
