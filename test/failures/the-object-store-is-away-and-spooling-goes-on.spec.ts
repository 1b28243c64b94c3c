import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { syntheticInstance, syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ask,
  expectExported,
  expectKept,
  expectNoSilentDouble,
  expectSoundLog,
  untilDelivered,
} from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Service, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';
import { startCephRgw, type TestCephRgw } from '../services/ceph-rgw.js';

const OUT_OF_RESOURCES = 0xa700;

/** Of an object that is too large for memory: it goes to a file of its own. */
const LARGE = { rows: 1200, columns: 1200 };

// REQ-FAIL-6: where senders are told Success out of a spool, an object store that is away holds nothing up but completions, and a
// receiver that is killed with a full spool loses nothing.
describe('While the object store is away and objects are spooled', () => {
  let folder: string;
  let spool: string;
  let store: TestCephRgw;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let series: readonly SyntheticInstance[];
  let modality: Modality;

  beforeAll(async () => {
    folder = await temporaryFolder();
    spool = join(folder, 'spool');
    [store, pacs] = await Promise.all([startCephRgw(), RecordingTarget.listen()]);
    substrate = await createSubstrate({ objects: `${store.url}&timeout=2` });
    const apps = ['ingest', 'ingest', 'routing', 'dispatch', 'audit', 'control'] as const;
    services = await Services.start(substrate, folder, apps, {
      WAYSTATION_ACKNOWLEDGE: 'spooled',
      WAYSTATION_SPOOL: spool,
    });
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [pacs.configured('pacs'), { name: 'export', kind: 'folder', path: join(folder, 'export') }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs', 'export'] }],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await store?.stop();
    await substrate?.remove();
    await removeFolder(folder);
  });

  beforeEach(() => {
    const { seriesInstanceUid, studyInstanceUid } = syntheticInstance();
    const uids = { seriesInstanceUid, studyInstanceUid, modality: 'CT' };
    const large = syntheticInstance({ ...uids, instanceNumber: 31, ...LARGE });
    series = [...syntheticSeries(30, uids), large];
    modality = new Modality(5);
  });

  const uid = (): string => series[0]?.seriesInstanceUid ?? '';
  const push = (to: Service): Promise<void> => modality.push(to.dicomPort, series);
  const history = (): Promise<readonly HistoryEntry[]> => services.waystation.history(uid());
  const types = async (): Promise<readonly string[]> => (await history()).map(({ type }) => type);
  const readiness = async (of: Service) => {
    const response = await fetch(`${of.url}/health/ready`);
    return { status: response.status, report: await response.text() };
  };
  const filesInSpool = async (): Promise<readonly string[]> => {
    const entries = await readdir(spool, { withFileTypes: true, recursive: true }).catch(() => []);
    return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  };
  const untilSpoolIsEmpty = (): Promise<true> =>
    eventually('an empty spool', async () => ((await filesInSpool()).length === 0 ? true : undefined), 120_000);

  const expectIntact = async (): Promise<void> => {
    await untilDelivered(services.waystation, series, ['pacs', 'export']);
    const entries = await history();
    await expectKept(entries, substrate.objects, modality, series);
    expectNoSilentDouble(entries, 'pacs', pacs, series);
    expectExported(join(folder, 'export', series[0]?.studyInstanceUid ?? '', uid()), series);
    const moved = entries.flatMap(({ type, data }) =>
      type === 'objects.moved.v1' ? (data['objects'] as { sopInstanceUid: string }[]) : [],
    );
    expect(moved.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      series.map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
    );
    const last = entries.findLastIndex(({ type }) => type === 'objects.moved.v1');
    expect(entries.findIndex(({ type }) => type === 'series.completed.v1')).toBeGreaterThan(last);
  };

  it.each([
    ['dead', () => store.kill(), () => store.restart()],
    ['hanging', () => Promise.resolve(store.signal('SIGSTOP')), () => Promise.resolve(store.signal('SIGCONT'))],
  ])('(%s), every object is acknowledged, nothing completes, and then everything does', async (_how, away, back) => {
    const receiver = services.one('ingest');
    await away();
    await push(receiver);
    expect(modality.statuses).toEqual(series.map(() => 0));
    await eventually('the audit', async () => ((await types()).length > series.length ? true : undefined));
    // Two quiet periods and more.
    await delay(3000);
    expect(await types()).not.toContain('series.completed.v1');
    const { status, report } = await readiness(receiver);
    expect(status, report).toBe(200);
    expect(report).toContain(`${series.length} objects wait in the spool`);
    expect(await (await fetch(`${receiver.url}/metrics`)).text()).toContain(
      `waystation_spool_objects ${series.length}`,
    );
    await eventually('a word about it', async () =>
      /objects cannot be moved to the object store/.test(receiver.program.output) ? true : undefined,
    );
    await back();
    await expectIntact();
    await untilSpoolIsEmpty();
    await receiver.program.says(/objects move to the object store again/);
  });

  it('a receiver that is killed with a full spool leaves it to another, which finishes', async () => {
    const [killed, other] = services.of('ingest');
    if (killed === undefined || other === undefined) throw new Error('there are two');
    await store.kill();
    await push(killed);
    await killed.program.kill();
    await store.restart();
    await expectIntact();
    expect(other.program.output).toMatch(/spool \w+ was left by a receiver that is gone: \d+ objects wait/);
    await untilSpoolIsEmpty();
    await killed.launch();
  });

  it('a receiver that hangs with a full spool leaves it to another, and goes on with a new one', async () => {
    const [hung, other] = services.of('ingest');
    if (hung === undefined || other === undefined) throw new Error('there are two');
    await store.kill();
    await push(hung);
    process.kill(hung.program.pid, 'SIGSTOP');
    await store.restart();
    try {
      await expectIntact();
      await untilSpoolIsEmpty();
    } finally {
      process.kill(hung.program.pid, 'SIGCONT');
    }
    modality = new Modality();
    series = syntheticSeries(10);
    await push(hung);
    await expectIntact();
  });

  it('a spool that cannot be written to is told to the sender, who keeps its objects', async () => {
    const receiver = services.one('ingest');
    await untilSpoolIsEmpty();
    await rm(spool, { recursive: true });
    await writeFile(spool, 'in the way');
    await delay(200);
    expect(await modality.send(receiver.dicomPort, series)).toBe(false);
    expect(new Set(modality.statuses)).toEqual(new Set([OUT_OF_RESOURCES]));
    expect((await readiness(receiver)).status).toBe(503);
    await rm(spool);
    await push(receiver);
    await expectIntact();
  });

  it('a receiver starts and receives, and one that stops in order leaves what it has to the next', async () => {
    const [stopped, other] = services.of('ingest');
    if (stopped === undefined || other === undefined) throw new Error('there are two');
    await store.kill();
    await other.program.stop();
    await push(stopped);
    await stopped.program.stop();
    expect(await filesInSpool()).not.toEqual([]);
    await other.launch();
    modality.acknowledged.delete(series[0]?.sopInstanceUid ?? '');
    await push(other);
    await store.restart();
    await expectIntact();
    expect((await types()).filter((type) => type === 'instance.duplicated.v1')).toHaveLength(1);
    await untilSpoolIsEmpty();
    await stopped.launch();
  });

  it('a receiver that is killed while objects come in loses none that it acknowledged', async () => {
    const receiver = services.one('ingest');
    await store.kill();
    const pushed = push(receiver);
    await eventually('some objects', async () => (modality.acknowledged.size > 10 ? true : undefined));
    await receiver.crash();
    await pushed;
    await store.restart();
    await expectIntact();
    await untilSpoolIsEmpty();
  });

  it('and the log is whole, and nothing waits', async () => {
    expect(await ask(services.waystation, 'queues')).toEqual([]);
    await expectSoundLog(services.waystation);
  });
});
