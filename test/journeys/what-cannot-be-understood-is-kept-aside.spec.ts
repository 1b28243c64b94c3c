import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { syntheticInstance, syntheticUid, type SyntheticInstance } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { dataSetOf } from '../harness/dcmtk.js';
import { readAllKept, readKept } from '../harness/kept-objects.js';
import { malformedSamples, type Sample } from '../harness/samples.js';
import { asItTravels, send, sendAll, type Sendable } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

interface QuarantineLine {
  readonly objectKey: string;
  readonly sopInstanceUid: string;
  readonly reason: string;
}

const without = (keyword: string): SyntheticInstance => syntheticInstance({ overrides: { [keyword]: null } });
const withValue = (keyword: string, value: string): SyntheticInstance =>
  syntheticInstance({ overrides: { [keyword]: value } });
const cut = (instance: SyntheticInstance, bytes: number): Sendable => ({
  ...instance,
  dataSet: instance.dataSet.subarray(0, bytes),
});
const garbled = (instance: SyntheticInstance): Sendable => ({ ...instance, dataSet: Buffer.alloc(1000, 0xff) });

const CANNOT_UNDERSTAND = 0xc000;
const DOES_NOT_MATCH = 0xa900;

// REQ-RECEIVE-8, REQ-RECEIVE-9, REQ-RECEIVE-10: what cannot be filed is refused, kept aside and shown; nothing else suffers.
describe('What cannot be understood', () => {
  const samples = malformedSamples();
  let folder: string;
  let system: Standalone;

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
  });

  afterEach(async () => {
    await sendAll(system.dicomPort, [syntheticInstance()]);
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const inQuarantine = (): Promise<readonly QuarantineLine[]> => system.waystation.get('/api/quarantine?limit=1000');
  const lineOf = ({ dataSet }: Sendable): Promise<QuarantineLine> =>
    eventually('the line in quarantine', async () =>
      (await inQuarantine()).find(({ objectKey }) => objectKey.includes(sha256(dataSet))),
    );

  it.each<readonly [string, Sendable, number, string]>([
    ['no SOP Instance UID', without('SOPInstanceUID'), CANNOT_UNDERSTAND, 'the data set has no SOPInstanceUID'],
    ['no Series Instance UID', without('SeriesInstanceUID'), CANNOT_UNDERSTAND, 'has no SeriesInstanceUID'],
    ['an empty Study Instance UID', withValue('StudyInstanceUID', ''), CANNOT_UNDERSTAND, 'has no StudyInstanceUID'],
    ['a path as a UID', withValue('SeriesInstanceUID', '../../../etc/cron.d/x'), CANNOT_UNDERSTAND, 'is not a UID'],
    ['a line break in a UID', withValue('StudyInstanceUID', '1.2\n3.4'), CANNOT_UNDERSTAND, 'is not a UID'],
    ['a UID of 300 digits', withValue('SeriesInstanceUID', '1'.repeat(300)), CANNOT_UNDERSTAND, 'is not a UID'],
    ['a name of JavaScript as a UID', withValue('SeriesInstanceUID', '__proto__'), CANNOT_UNDERSTAND, 'is not a UID'],
    ['an end in the middle', cut(syntheticInstance(), 400), CANNOT_UNDERSTAND, 'dicom.truncated'],
    ['no elements', garbled(syntheticInstance()), CANNOT_UNDERSTAND, 'dicom.'],
    [
      'another UID than the C-STORE',
      { ...syntheticInstance(), sopInstanceUid: syntheticUid() },
      DOES_NOT_MATCH,
      'ingest.uids-disagree',
    ],
    [
      'another SOP class than the C-STORE',
      { ...syntheticInstance(), sopClassUid: '1.2.840.10008.5.1.4.1.1.4' },
      DOES_NOT_MATCH,
      'ingest.uids-disagree',
    ],
    [
      'another encoding than it says',
      { ...syntheticInstance(), transferSyntaxUid: '1.2.840.10008.1.2.1.99' },
      CANNOT_UNDERSTAND,
      'dicom.',
    ],
  ])('because it has %s is refused, and kept aside byte for byte', async (_, object, status, reason) => {
    const [receipt] = await send(system.dicomPort, [object]);
    expect(receipt?.status.toString(16)).toBe(status.toString(16));
    expect(receipt?.comment).not.toBe('');
    const line = await lineOf(object);
    expect(line.reason).toContain(reason);
    const kept = dataSetOf(await readKept(system.dataFolder, line.objectKey));
    expect(sha256(kept)).toBe(sha256(object.dataSet));
    const { stdout } = await system.waystation.run('quarantine');
    expect(stdout).toContain(line.objectKey);
  });

  it('and comes again under UIDs of other lengths is kept aside for each, and shown once under each', async () => {
    const { dataSet, ...of } = garbled(syntheticInstance());
    const uids = ['1.2.3', '1.2.3.4567', '1.2.3.4567.89'];
    const again = [...uids, ...uids].map((sopInstanceUid) => ({ ...of, sopInstanceUid, dataSet: dataSet.fill(0xfe) }));
    const receipts = await send(system.dicomPort, again);
    expect(new Set(receipts.map(({ status }) => status))).toEqual(new Set([CANNOT_UNDERSTAND]));
    const lines = await eventually('all lines in quarantine', async () => {
      const found = (await inQuarantine()).filter(({ objectKey }) => objectKey.includes(sha256(dataSet)));
      return found.length >= uids.length ? found : undefined;
    });
    expect(lines.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(uids);
    for (const { objectKey, sopInstanceUid } of lines) {
      const kept = await readKept(system.dataFolder, objectKey);
      expect(sha256(dataSetOf(kept))).toBe(sha256(dataSet));
      expect(kept.toString('latin1')).toContain(sopInstanceUid);
    }
  });

  it('is also who calls somebody else: rejected, and written down', async () => {
    const stranger = { calledAeTitle: 'SOMEBODY', callingAeTitle: 'STRANGER' };
    await expect(send(system.dicomPort, [syntheticInstance()], stranger)).rejects.toMatchObject({
      code: 'dicom-network.rejected',
      message: expect.stringMatching(/called AE title/i),
    });
    const rejected = await eventually('the rejection', async () => {
      const rows = await asSuperuser<{ data: object }>(
        await databaseUrlOf(system.dataFolder),
        `select data from log.event where type = 'association.rejected.v1'`,
      );
      return rows.length > 0 ? rows.map(({ data }) => data) : undefined;
    });
    const because = "called AE title 'SOMEBODY' is not one of ours";
    expect(rejected).toEqual([
      {
        callingAeTitle: 'STRANGER',
        calledAeTitle: 'SOMEBODY',
        address: '127.0.0.1',
        tls: null,
        reason: expect.stringContaining(because),
      },
    ]);
  });

  it('is refused before its data where the C-STORE names what is no UID, and written down', async () => {
    const receipts = await send(system.dicomPort, [
      { ...syntheticInstance(), sopInstanceUid: '../../etc/passwd' },
      { ...syntheticInstance(), sopInstanceUid: '1.2.3\u001b[2J' },
      syntheticInstance(),
    ]);
    expect(receipts.map(({ status }) => status)).toEqual([0x0117, 0x0117, 0x0000]);
    const sql = `select data from log.event where type = 'instance.refused.v1' order by position`;
    const refused = await asSuperuser<{ data: object }>(await databaseUrlOf(system.dataFolder), sql);
    const because = { status: 0x0117, code: 'ingest.command-refused', reason: 'Affected SOP Instance UID is no UID' };
    expect(refused.map(({ data }) => data)).toEqual([
      { sopInstanceUid: '../../etc/passwd', ...because },
      { sopInstanceUid: '1.2.3?[2J', ...because },
    ]);
  });

  it('reaches no terminal as it is', async () => {
    const evil = '\u001b[2J\u001b]0;owned\u0007 \u009b31m \u202e line\r\nbreak';
    const instance = syntheticInstance({
      seriesDescription: evil,
      charset: 'ISO_IR 192',
      overrides: { Modality: '\u001b[1m' },
    });
    await sendAll(system.dicomPort, [instance]);
    const uid = instance.seriesInstanceUid;
    const bad: Sendable = { ...withValue('SeriesInstanceUID', '1.2\u001b[2J'), sopInstanceUid: syntheticUid() };
    await send(system.dicomPort, [bad]);
    await lineOf(bad);
    await eventually('the series in the list', async () =>
      (await system.waystation.get<readonly { seriesInstanceUid: string }[]>('/api/series')).find(
        ({ seriesInstanceUid }) => seriesInstanceUid === uid,
      ),
    );
    for (const line of [['series'], ['history', uid], ['replay', uid], ['quarantine']]) {
      for (const form of [[], ['--json']]) {
        const { code, stdout, stderr } = await system.waystation.run(...line, ...form);
        expect(code, stderr).toBe(0);
        expect(stdout.length).toBeGreaterThan(0);
        expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    }
    expect(system.program.output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    const { state } = await system.waystation.json<{ state: { header: Record<string, string> } }>('replay', uid);
    expect(state.header['SeriesDescription']).toBe(evil);
  });

  it.skipIf(samples.length === 0)('is told from what can, and each is kept where it belongs', async () => {
    const refused: Sample[] = [];
    const taken: Sample[] = [];
    for (const sample of samples) {
      const [receipt] = await send(system.dicomPort, [sample]);
      expect([0x0000, CANNOT_UNDERSTAND, DOES_NOT_MATCH]).toContain(receipt?.status);
      (receipt?.status === 0 ? taken : refused).push(sample);
    }
    const aside = await eventually('all lines in quarantine', async () => {
      const keys = (await inQuarantine()).map(({ objectKey }) => objectKey);
      const found = refused.map((sample) => keys.find((key) => key.includes(sha256(asItTravels(sample)))));
      return found.includes(undefined) ? undefined : found;
    });
    for (const [index, sample] of refused.entries()) {
      const kept = dataSetOf(await readKept(system.dataFolder, aside[index] ?? ''));
      expect(sha256(kept)).toBe(sha256(asItTravels(sample)));
    }
    const kept = new Set((await readAllKept(system.dataFolder)).map((file) => sha256(dataSetOf(file))));
    expect(taken.filter((sample) => !kept.has(sha256(asItTravels(sample)))).map(({ name }) => name)).toEqual([]);
  });
});
