import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { syntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKept } from '../harness/kept-objects.js';
import { validSamples } from '../harness/samples.js';
import { asItTravels, send, type Sendable } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What a series knows of its objects, as replay tells it. */
interface SeriesState {
  readonly instances: Readonly<Record<string, Kept>>;
  /** Objects that came under a UID that another one had: the samples hold several versions of some images. */
  readonly conflicts: Readonly<Record<string, Kept>>;
}
interface Kept {
  readonly sopInstanceUid: string;
  readonly object: { readonly key: string; readonly sha256: string; readonly dataSetOffset: number };
}

const encodings = [
  ['Implicit VR Little Endian', '1.2.840.10008.1.2'],
  ['Explicit VR Little Endian', '1.2.840.10008.1.2.1'],
  ['Explicit VR Big Endian', '1.2.840.10008.1.2.2'],
  ['Deflated Explicit VR Little Endian', '1.2.840.10008.1.2.1.99'],
  ['JPEG Lossless', '1.2.840.10008.1.2.4.70'],
  ['JPEG-LS Lossless', '1.2.840.10008.1.2.4.80'],
  ['JPEG 2000 Lossless', '1.2.840.10008.1.2.4.90'],
  ['RLE Lossless', '1.2.840.10008.1.2.5'],
] as const;

/** Files whose file meta information names another object than they hold. */
const namingAnother = [
  'dcmjs/test/sample-dicom.dcm',
  'own-malformed/deflate_valid.dcm',
  'pydicom/charset_files/chrJapMulti.dcm',
  'pydicom/charset_files/chrJapMultiExplicitIR6.dcm',
  'pydicom/test_files/rtdose.dcm',
  'pydicom/test_files/rtdose_1frame.dcm',
  'pydicom/test_files/rtdose_expb.dcm',
  'pydicom/test_files/rtdose_expb_1frame.dcm',
  'pydicom/test_files/rtplan.dcm',
] as const;

// REQ-RECEIVE-2, REQ-RECEIVE-3: an object of any SOP class in any transfer syntax is taken and kept bit by bit.
describe('A valid object', () => {
  let folder: string;
  let system: Standalone;
  const samples = validSamples();

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  /** The data sets that are kept, by SOP Instance UID and hash, read from the files themselves. */
  const keptDataSets = async (): Promise<ReadonlySet<string>> => {
    const { waystation, dataFolder } = system;
    const series = await waystation.json<readonly { seriesInstanceUid: string }[]>('series', '--limit', '1000');
    const kept = new Set<string>();
    for (const { seriesInstanceUid } of series) {
      const { state } = await waystation.get<{ state: SeriesState }>(`/api/series/${seriesInstanceUid}/replay`);
      for (const { sopInstanceUid, object } of [...Object.values(state.instances), ...Object.values(state.conflicts)]) {
        const file = await readKept(dataFolder, object.key);
        kept.add(`${sopInstanceUid} ${sha256(file.subarray(object.dataSetOffset))}`);
      }
    }
    return kept;
  };

  const expectKept = async (objects: readonly Sendable[]): Promise<void> => {
    const receipts = await send(system.dicomPort, objects);
    expect(receipts).toHaveLength(objects.length);
    expect(receipts.filter(({ status }) => status !== 0)).toEqual([]);
    const kept = await keptDataSets();
    const expected = objects.map((object) => `${object.sopInstanceUid} ${sha256(asItTravels(object))}`);
    expect(expected.filter((each) => !kept.has(each))).toEqual([]);
  };

  it.each(encodings)('in %s is kept bit by bit', async (_, transferSyntax) => {
    await expectKept([syntheticInstance({ transferSyntax })]);
  });

  it('of 32 MB is kept bit by bit', async () => {
    await expectKept([syntheticInstance({ rows: 4096, columns: 4096 })]);
  });

  it.skipIf(samples.length === 0)('of any device is kept bit by bit, also where several share a UID', async () => {
    await expectKept(samples);
  });

  it.skipIf(samples.length === 0)('that the C-STORE calls by another name is refused and kept aside', async () => {
    const misnamed = samples.filter(({ named, sopInstanceUid }) => named !== sopInstanceUid);
    expect(misnamed.map(({ name }) => name).sort()).toEqual(namingAnother);
    const receipts = await send(
      system.dicomPort,
      misnamed.map((sample) => ({ ...sample, sopInstanceUid: sample.named })),
    );
    expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set([0xa900]));
  });
});
