import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeriesLine } from '@waystation/answers';
import { syntheticInstance, syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, expectSoundLog } from '../harness/evidence.js';
import type { Service } from '../harness/services.js';
import { WatchedSystem } from '../harness/watched-system.js';
import { eventually } from '../harness/waystation.js';
import { startCephRgw, type TestCephRgw } from '../services/ceph-rgw.js';

const OUT_OF_RESOURCES = 0xa700;

/** Of an object that is too large for memory: it goes to a file of its own. */
const LARGE = { rows: 1200, columns: 1200 };

// REQ-FAIL-6: where senders are told Success out of a spool, an object store that is away holds nothing up but completions, and a
// receiver that is killed with a full spool loses nothing.
describe('While the object store is away and objects are spooled', () => {
  let store: TestCephRgw;
  let system: WatchedSystem;
  let spool: string;

  beforeAll(async () => {
    store = await startCephRgw();
    system = await WatchedSystem.start({
      servers: { objects: `${store.url}&timeout=2` },
      apps: ['ingest', 'ingest', 'routing', 'dispatch', 'audit', 'control'],
      settings: (folder) => {
        spool = join(folder, 'spool');
        return { WAYSTATION_ACKNOWLEDGE: 'spooled', WAYSTATION_SPOOL: spool };
      },
    });
  });

  afterAll(async () => {
    await system?.stop();
    await store?.stop();
  });

  beforeEach(() => {
    const { seriesInstanceUid, studyInstanceUid } = syntheticInstance();
    const uids = { seriesInstanceUid, studyInstanceUid, modality: 'CT' };
    const large = syntheticInstance({ ...uids, instanceNumber: 31, ...LARGE });
    system.scan([...syntheticSeries(30, uids), large], 5);
  });

  const types = async (): Promise<readonly string[]> => (await system.history()).map(({ type }) => type);
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

  /** How many objects of the series the audit knows to be in the spool. */
  const untilSpooled = (objects: number): Promise<true> =>
    eventually(`${objects} spooled objects`, async () => {
      const lines = await ask<readonly SeriesLine[]>(system.services.waystation, 'series');
      const line = lines?.find(({ seriesInstanceUid }) => seriesInstanceUid === system.uid);
      return line?.spooled === objects ? true : undefined;
    });

  const expectMovedAndIntact = async (): Promise<void> => {
    const entries = await system.expectIntact();
    const moved = entries.flatMap(({ type, data }) =>
      type === 'objects.moved.v1' ? (data['objects'] as { sopInstanceUid: string }[]) : [],
    );
    expect(moved.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      system.series.map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
    );
    const last = entries.findLastIndex(({ type }) => type === 'objects.moved.v1');
    expect(entries.findIndex(({ type }) => type === 'series.completed.v1')).toBeGreaterThan(last);
  };

  it.each([
    ['dead', () => store.kill(), () => store.restart()],
    ['hanging', () => Promise.resolve(store.signal('SIGSTOP')), () => Promise.resolve(store.signal('SIGCONT'))],
  ])('(%s), every object is acknowledged, nothing completes, and then everything does', async (_how, away, back) => {
    const receiver = system.services.one('ingest');
    await away();
    await system.push(receiver);
    expect(system.modality.statuses).toEqual(system.series.map(() => 0));
    await eventually('the audit', async () => ((await types()).length > system.series.length ? true : undefined));
    // Two quiet periods and more.
    await delay(3000);
    expect(await types()).not.toContain('series.completed.v1');
    const { status, report } = await readiness(receiver);
    expect(status, report).toBe(200);
    expect(report).toContain(`${system.series.length} objects wait in the spool`);
    expect(await (await fetch(`${receiver.url}/metrics`)).text()).toContain(
      `waystation_spool_objects ${system.series.length}`,
    );
    await untilSpooled(system.series.length);
    await eventually('a word about it', async () =>
      /objects cannot be moved to the object store/.test(receiver.program.output) ? true : undefined,
    );
    await back();
    await expectMovedAndIntact();
    await untilSpoolIsEmpty();
    await untilSpooled(0);
    await receiver.program.says(/objects move to the object store again/);
  });

  it('a receiver that is killed with a full spool leaves it to another, which finishes', async () => {
    const [killed, other] = system.services.of('ingest');
    if (killed === undefined || other === undefined) throw new Error('there are two');
    await store.kill();
    await system.push(killed);
    await killed.program.kill();
    await store.restart();
    await expectMovedAndIntact();
    expect(other.program.output).toMatch(/spool \w+ was left by a receiver that is gone: \d+ objects wait/);
    await untilSpoolIsEmpty();
    await killed.launch();
  });

  it('a receiver that hangs with a full spool leaves it to another, and goes on with a new one', async () => {
    const [hung, other] = system.services.of('ingest');
    if (hung === undefined || other === undefined) throw new Error('there are two');
    await store.kill();
    await system.push(hung);
    process.kill(hung.program.pid, 'SIGSTOP');
    await store.restart();
    try {
      await expectMovedAndIntact();
      await untilSpoolIsEmpty();
    } finally {
      process.kill(hung.program.pid, 'SIGCONT');
    }
    system.scan(syntheticSeries(10));
    await system.push(hung);
    await expectMovedAndIntact();
  });

  it('a spool that cannot be written to is told to the sender, who keeps its objects', async () => {
    const receiver = system.services.one('ingest');
    await untilSpoolIsEmpty();
    await rm(spool, { recursive: true });
    await writeFile(spool, 'in the way');
    await delay(200);
    expect(await system.modality.send(receiver.dicomPort, system.series)).toBe(false);
    expect(new Set(system.modality.statuses)).toEqual(new Set([OUT_OF_RESOURCES]));
    expect((await readiness(receiver)).status).toBe(503);
    await rm(spool);
    await system.push(receiver);
    await expectMovedAndIntact();
  });

  it('a receiver starts and receives, and one that stops in order leaves what it has to the next', async () => {
    const [stopped, other] = system.services.of('ingest');
    if (stopped === undefined || other === undefined) throw new Error('there are two');
    await store.kill();
    await other.program.stop();
    await system.push(stopped);
    await stopped.program.stop();
    expect(await filesInSpool()).not.toEqual([]);
    await other.launch();
    system.modality.acknowledged.delete(system.series[0]?.sopInstanceUid ?? '');
    await system.push(other);
    await store.restart();
    await expectMovedAndIntact();
    expect((await types()).filter((type) => type === 'instance.duplicated.v1')).toHaveLength(1);
    await untilSpoolIsEmpty();
    await stopped.launch();
  });

  it('a receiver that is killed while objects come in loses none that it acknowledged', async () => {
    const receiver = system.services.one('ingest');
    await store.kill();
    const pushed = system.push(receiver);
    await system.until('some objects', () => system.modality.acknowledged.size > 10);
    await receiver.crash();
    await pushed;
    await store.restart();
    await expectMovedAndIntact();
    await untilSpoolIsEmpty();
  });

  it('and the log is whole, and nothing waits', async () => {
    expect(await ask(system.services.waystation, 'queues')).toEqual([]);
    await expectSoundLog(system.services.waystation);
  });
});
