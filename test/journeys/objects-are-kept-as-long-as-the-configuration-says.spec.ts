import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RetentionLine, SeriesLine } from '@waystation/answers';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptOf, readAllKept } from '../harness/kept-objects.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

const uidOf = (instances: readonly SyntheticInstance[]): string => instances[0]?.seriesInstanceUid ?? '';

// REQ-RETAIN-1 to REQ-RETAIN-4: nothing goes by surprise, what is kept no longer goes, and everybody is told why.
describe('Objects', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  let broken: RecordingTarget;
  const series = (seriesDescription: string) => syntheticSeries(3, { seriesDescription });
  const going = syntheticSeries(4, { seriesDescription: 'GOES' });
  const goes = going.slice(0, 3);
  const [held, lost, discarded] = [series('GOES'), series('LOST'), series('DISCARDED')];

  const rule = (name: string, action: string, targets: readonly string[]) => ({
    ...{ name, action, targets },
    condition: `@SeriesDescription@ == '${name.toUpperCase()}'`,
  });
  const configuration = () => ({
    completion: { quietPeriodSeconds: 1 },
    targets: [pacs.configured('pacs'), { ...broken.configured('broken'), retry: { attempts: 1 } }],
    modules: [{ kind: 'app', name: 'statistics' }],
    rules: [rule('Goes', 'route', ['pacs']), rule('Lost', 'route', ['broken']), rule('Discarded', 'discard', [])],
  });
  const withRetention = () => ({
    ...configuration(),
    retention: {
      policies: [{ name: 'short', rules: ['Goes'], keep: { deliveredDays: 0 } }],
      keep: { discardedDays: 0 },
    },
  });
  const happened = async (instances: readonly SyntheticInstance[], type: string): Promise<readonly HistoryEntry[]> =>
    (await system.waystation.history(uidOf(instances))).filter((event) => event.type === type);
  const erased = (instances: readonly SyntheticInstance[], times = 1): Promise<true> =>
    eventually(
      `objects of ${uidOf(instances)} to be erased ${times} times`,
      async () => ((await happened(instances, 'objects.erased.v1')).length >= times ? true : undefined),
      100_000,
    );
  const retention = (...args: readonly string[]) =>
    system.waystation.json<readonly RetentionLine[]>('retention', ...args);
  const lineOf = async (instances: readonly SyntheticInstance[]): Promise<SeriesLine | undefined> =>
    (await system.waystation.get<readonly SeriesLine[]>('/api/series')).find(
      ({ seriesInstanceUid }) => seriesInstanceUid === uidOf(instances),
    );

  beforeAll(async () => {
    folder = await temporaryFolder();
    pacs = await RecordingTarget.listen();
    broken = await RecordingTarget.listen();
    system = await startStandalone(join(folder, 'data'));
    await system.waystation.publish(configuration());
    for (const { sopInstanceUid } of lost) broken.refusing.set(sopInstanceUid, 0xa900);
    for (const each of [goes, held, lost, discarded]) await sendAll(system.dicomPort, each);
    await system.waystation.deliveries(uidOf(goes), 1);
    await system.waystation.deliveries(uidOf(held), 1);
    await system.waystation.deliveries(uidOf(lost), 1, 'abandoned');
    await eventually('the other series to be discarded', async () =>
      (await lineOf(discarded))?.outcome === 'discarded' ? true : undefined,
    );
  });
  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([pacs, broken].map((target) => target?.close()));
    await removeFolder(folder);
  });

  it('are kept for ever where nobody says otherwise, and a dry run tells what another configuration would do', async () => {
    expect(await retention()).toEqual([]);
    const all = await retention('--all');
    expect(all.map(({ what, until }) => `${what} ${until}`)).toEqual(all.map(() => 'kept null'));
    expect(all).toHaveLength(4);
    const file = join(folder, 'retention.json');
    await writeFile(file, JSON.stringify(withRetention()));
    const would = await retention('--with', file);
    const told = new Map(would.map((line) => [line.stream, line]));
    expect([...told.keys()].toSorted()).toEqual(
      [goes, held, discarded].map((one) => `series/${uidOf(one)}`).toSorted(),
    );
    expect(told.get(`series/${uidOf(goes)}`)).toMatchObject({ what: 'expires', policy: 'short', objects: 3 });
    expect(await happened(goes, 'objects.expired.v1')).toEqual([]);
  });

  it('go once the configuration says so, and the history says by which policy', async () => {
    await system.waystation.json('retention', 'hold', uidOf(held), '--reason', 'a court asks for it');
    const before = (await readAllKept(system.dataFolder)).length;
    await system.waystation.publish(withRetention());
    await erased(goes);
    await erased(discarded);
    const [expired] = await happened(goes, 'objects.expired.v1');
    expect(expired?.data).toMatchObject({ policy: 'short', ended: 'delivered', configuration: { version: 2 } });
    expect(expired?.sentence).toMatch(/^3 objects kept no longer, by configuration 2: everything asked for was done/);
    expect((await happened(discarded, 'objects.expired.v1'))[0]?.data).toMatchObject({ ended: 'discarded' });
    expect(await readAllKept(system.dataFolder)).toHaveLength(before - 6);
    expect(await lineOf(goes)).toMatchObject({ instances: 3, expired: 3 });
    const { stdout } = await system.waystation.run('explain', uidOf(goes));
    expect(stdout).toMatch(/KEPT\n +3 objects kept no longer, by configuration 2/);
  });

  it('stay where a delivery was given up, or somebody holds them', async () => {
    for (const each of [held, lost]) {
      expect(await happened(each, 'objects.expired.v1')).toEqual([]);
      expect(await keptOf(system, uidOf(each))).toHaveLength(3);
    }
    const [line] = await retention('--all', '--series', uidOf(held));
    expect(line).toMatchObject({ what: 'stays', because: expect.stringMatching(/^held by .*: a court asks for it$/) });
  });

  it('that expired are refused to whoever asks for them, by the name of event and policy', async () => {
    const [expired] = await happened(goes, 'objects.expired.v1');
    const [delivery] = await system.waystation.deliveries(uidOf(goes), 1);
    for (const args of [
      ['reopen', uidOf(goes)],
      ['job', 'run', 'statistics', uidOf(goes)],
      ['redrive', delivery?.delivery ?? ''],
    ]) {
      const { code, stderr } = await system.waystation.run(...args);
      expect([args[0], code]).toEqual([args[0], 1]);
      expect(stderr).toContain(`objects.expired at position ${expired?.id}`);
      expect(stderr).toContain("the policy 'short' keeps that for 0 days");
      expect(stderr).toContain('series.objects-expired');
    }
  });

  it('that come late after others expired are decided and delivered alone, and go in their turn', async () => {
    await sendAll(system.dicomPort, going.slice(3));
    const lines = await system.waystation.deliveries(uidOf(goes), 2);
    expect(lines.map(({ delivered }) => delivered).toSorted((a, b) => a - b)).toEqual([1, 3]);
    await erased(goes, 2);
  });

  it('that expired and are sent again are new: stored, delivered, and kept as long as the others', async () => {
    await sendAll(system.dicomPort, goes);
    await system.waystation.deliveries(uidOf(goes), 3);
    expect(pacs.received.get(goes[0]?.sopInstanceUid ?? '')).toHaveLength(2);
    await erased(goes, 3);
    expect(await happened(goes, 'instance.duplicated.v1')).toEqual([]);
  });

  it('go when nobody holds them any more; the log is whole, and rebuilding it erases nothing', async () => {
    await system.waystation.json('retention', 'release', uidOf(held), '--reason', 'the court has its copy');
    await erased(held);
    const before = (await readAllKept(system.dataFolder)).length;
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true });
    await system.waystation.json('rebuild');
    expect(await readAllKept(system.dataFolder)).toHaveLength(before);
    expect(await happened(held, 'objects.expired.v1')).toHaveLength(1);
  });
});
