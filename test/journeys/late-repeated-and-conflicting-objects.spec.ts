import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { syntheticInstance, syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetOf, dataSetsUnder } from '../harness/dcmtk.js';
import { readKept } from '../harness/kept-objects.js';
import { untilDelivered } from '../harness/evidence.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const hashes = (instances: readonly SyntheticInstance[]): readonly string[] =>
  instances.map(({ dataSet }) => sha256(dataSet)).toSorted();

interface Replay {
  readonly state: {
    readonly status: string;
    readonly duplicates: number;
    readonly instances: Readonly<Record<string, { readonly object: StoredObject }>>;
    readonly conflicts: Readonly<Record<string, { readonly sopInstanceUid: string; readonly object: StoredObject }>>;
  };
}
interface StoredObject {
  readonly key: string;
  readonly sha256: string;
}

// REQ-RECEIVE-5, REQ-RECEIVE-6, REQ-RECEIVE-7, REQ-DELIVER-2: what comes late, again or otherwise.
describe('A series that is complete', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  let instances: readonly SyntheticInstance[];
  let late: SyntheticInstance;
  let other: SyntheticInstance;
  const exported = (): string => join(folder, 'export');
  const uid = (): string => instances[0]?.seriesInstanceUid ?? '';
  const history = (): Promise<readonly HistoryEntry[]> => system.waystation.history(uid());
  const ofType = async (type: string): Promise<readonly HistoryEntry[]> =>
    (await history()).filter((entry) => entry.type === type);
  const replay = async (): Promise<Replay['state']> =>
    (await system.waystation.get<Replay>(`/api/series/${uid()}/replay`)).state;

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    pacs = await RecordingTarget.listen();
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [pacs.configured('pacs'), { name: 'export', kind: 'folder', path: exported() }],
      rules: [
        { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['pacs'] },
        { name: 'all', condition: 'True', action: 'route', targets: ['pacs', 'export'] },
      ],
    });
    instances = syntheticSeries(3);
    const { seriesInstanceUid, studyInstanceUid } = instances[0] ?? syntheticInstance();
    late = syntheticInstance({ seriesInstanceUid, studyInstanceUid, instanceNumber: 4 });
    // The first object's UID with other pixels.
    other = syntheticInstance({
      seriesInstanceUid,
      studyInstanceUid,
      sopInstanceUid: instances[0]?.sopInstanceUid ?? '',
      rows: 20,
    });
    await sendAll(system.dicomPort, instances);
    await system.waystation.deliveries(uid(), 2);
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.close();
    await removeFolder(folder);
  });

  it('goes once to a target that two rules name', async () => {
    const requested = await ofType('delivery.requested.v1');
    expect(requested.map(({ data }) => [data['target'], data['rules'], data['instances']])).toEqual([
      ['pacs', ['CT', 'all'], expect.objectContaining({ count: 3 })],
      ['export', ['all'], expect.objectContaining({ count: 3 })],
    ]);
    expect(pacs.objects).toBe(3);
  });

  it('gets a second revision by a late object, and only that object is delivered', async () => {
    await sendAll(system.dicomPort, [late]);
    await system.waystation.deliveries(uid(), 4);
    const completed = await ofType('series.completed.v1');
    expect(completed.map(({ data }) => data)).toMatchObject([
      { revision: 1, instances: 3, newInstances: 3 },
      { revision: 2, instances: 4, newInstances: 1 },
    ]);
    const requested = await ofType('delivery.requested.v1');
    expect(requested.slice(2).map(({ data }) => [data['target'], data['revision'], data['instances']])).toEqual([
      ['pacs', 2, expect.objectContaining({ count: 1 })],
      ['export', 2, expect.objectContaining({ count: 1 })],
    ]);
    expect([...pacs.received.values()].flat().toSorted()).toEqual(hashes([...instances, late]));
    expect(dataSetsUnder(exported())).toEqual(hashes([...instances, late]));
  });

  it('takes the same object again, says so, and delivers nothing', async () => {
    await sendAll(system.dicomPort, [...instances, late]);
    const duplicated = await ofType('instance.duplicated.v1');
    expect(duplicated.map(({ data }) => data['sopInstanceUid'])).toEqual(
      [...instances, late].map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(await replay()).toMatchObject({ status: 'complete', duplicates: 4 });
  });

  it('keeps other bytes under a known UID beside the first ones, and the first ones stay', async () => {
    await sendAll(system.dicomPort, [other]);
    const [conflicted] = await ofType('instance.conflicted.v1');
    expect(conflicted?.data).toMatchObject({
      sopInstanceUid: other.sopInstanceUid,
      object: { sha256: sha256(other.dataSet) },
      conflictsWith: hashes(instances.slice(0, 1))[0],
    });
    const { status, instances: kept, conflicts } = await replay();
    expect(status).toBe('complete');
    const first = kept[other.sopInstanceUid]?.object;
    const second = Object.values(conflicts).find(({ sopInstanceUid }) => sopInstanceUid === other.sopInstanceUid);
    const bytesOf = async (object: StoredObject | undefined): Promise<Buffer> =>
      dataSetOf(await readKept(system.dataFolder, object?.key ?? ''));
    expect(sha256(await bytesOf(first))).toBe(hashes(instances.slice(0, 1))[0]);
    expect(sha256(await bytesOf(second?.object))).toBe(sha256(other.dataSet));
    await sendAll(system.dicomPort, [other]);
    expect((await replay()).duplicates).toBe(5);
    await eventually('a release that counts the conflict', async () => {
      const released = await ofType('association.released.v1');
      return released.find(({ sentence }) => sentence.includes('0 stored, 0 duplicated, 1 conflicted'));
    });
  });

  it('delivers the first bytes of a UID, never those that came later', async () => {
    const { seriesInstanceUid, studyInstanceUid } = late;
    const place = { seriesInstanceUid, studyInstanceUid, instanceNumber: 5 };
    const fifth = syntheticInstance(place);
    const fifthAgain = syntheticInstance({ ...place, sopInstanceUid: fifth.sopInstanceUid, rows: 24 });
    await sendAll(system.dicomPort, [fifth, fifthAgain, fifth]);
    await system.waystation.deliveries(uid(), 6);
    expect(pacs.received.get(fifth.sopInstanceUid)).toEqual([sha256(fifth.dataSet)]);
    expect(pacs.received.get(other.sopInstanceUid)).toEqual(hashes(instances.slice(0, 1)));
    expect(pacs.objects).toBe(5);
    expect(dataSetsUnder(exported())).toEqual(hashes([...instances, late, fifth]));
  });

  it('is one series with each object once, also where several send it at once', async () => {
    const series = syntheticSeries(20);
    const seriesInstanceUid = series[0]?.seriesInstanceUid ?? '';
    const [half, otherHalf] = [series.slice(0, 12), series.slice(8)];
    await Promise.all([half, otherHalf, half].map((part) => sendAll(system.dicomPort, part)));
    await untilDelivered(system.waystation, series, ['pacs', 'export']);
    const types = (await system.waystation.history(seriesInstanceUid)).map(({ type }) => type);
    const times = (type: string): number => types.filter((each) => each === type).length;
    expect(times('instance.stored.v1')).toBe(20);
    expect(times('instance.duplicated.v1')).toBe(16);
    expect(times('series.opened.v1')).toBe(1);
    for (const { sopInstanceUid, dataSet } of series)
      expect(pacs.received.get(sopInstanceUid)).toEqual([sha256(dataSet)]);
  });

  it('shows in the list how many objects came, came again and contradicted', async () => {
    const line = await eventually('the line of the series', async () => {
      const lines = await system.waystation.get<readonly Record<string, unknown>[]>('/api/series');
      return lines.find((each) => each['seriesInstanceUid'] === uid() && each['revision'] === 3);
    });
    expect(line).toMatchObject({ outcome: 'routed', instances: 5, duplicates: 6, conflicts: 2 });
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true });
  });
});
