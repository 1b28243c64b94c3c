import { ConfigurationDocument } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';
import { ProjectHistory } from '../project-history/project-history.js';
import { SeriesView } from '../project-history/series.view.js';
import { Rebuild, REBUILD_OFFICE } from './rebuild.js';
import { statusOf } from './rebuild-status.js';
import { SweepGenerations } from './sweep-generations.js';

const logger = { warn: () => undefined };

describe('A rebuild', () => {
  let audited: AuditedLog;
  let writer: HistoryWriter;
  let rebuild: Rebuild;

  beforeEach(async () => {
    audited = await auditedLog();
    writer = new HistoryWriter(audited.log);
    rebuild = rebuildOf(audited);
    await writer.publish();
    for (const series of [1, 2]) {
      for (let number = 1; number <= 5; number++) await writer.receive(0, series, number);
      await writer.complete(series);
    }
    const [pacs = '', disk = ''] = await writer.route(1, 1);
    await writer.attempt(pacs, 'success');
    await writer.attempt(disk, 'failure');
  });
  afterEach(() => audited[Symbol.asyncDispose]());

  const rebuildOf = ({ log, views, project, identities, url }: AuditedLog): Rebuild =>
    new Rebuild(log, views, project, identities, url, logger);
  const schemas = async (): Promise<readonly string[]> => {
    const sql = `select nspname from pg_namespace where nspname like 'view%' order by nspname`;
    return (await audited.admin.query<{ nspname: string }>(sql)).rows.map(({ nspname }) => nspname);
  };
  const head = async (): Promise<number> => (await audited.log.head()).position;
  /** Lets somebody else hold what every writer of read models needs. */
  const holdProjecting = async (): Promise<() => Promise<void>> => {
    await audited.admin.query('select pg_advisory_lock(730500201)');
    return async () => void (await audited.admin.query('select pg_advisory_unlock(730500201)'));
  };

  it('leads to the same digest, and puts new tables in force', async () => {
    const before = await audited.digest();
    const report = await rebuild.run();
    expect(report).toMatchObject({ position: await head(), digestBefore: before, digestAfter: before, equal: true });
    expect(await audited.digest()).toBe(before);
    expect(await schemas()).toEqual(['view']);
    expect(await statusOf(audited.views)).toMatchObject({ generation: 2, state: 'current', report });
    expect(await statusOf(audited.views, 1)).toMatchObject({ state: 'replaced', report: null });
  });

  it('sets the timers that follow from the log and no other', async () => {
    await audited.admin.query('delete from log.timer');
    await audited.admin.query(
      `insert into log.timer (stream_id, queue, due_at) select 'series/' || $1, 'series-quiet', now()`,
      [writer.uid(1)],
    );
    expect(await rebuild.run()).toMatchObject({ timers: 1 });
    expect(await audited.log.timers.queues('')).toMatchObject([{ queue: 'deliver/export', waiting: 1 }]);
  });

  it('sets timers that look how long things are kept only where the configuration lets anything go', async () => {
    const keeping = (keep: object) =>
      writer.publish(ConfigurationDocument.parse({ ...exampleDocument, retention: { keep } }));
    const retention = async () => (await audited.log.timers.queues('retention')).map(({ waiting }) => waiting);
    await rebuild.run();
    expect(await retention()).toEqual([]);
    await keeping({ deliveredDays: 1 });
    expect(await rebuild.run()).toMatchObject({ timers: 2, equal: true });
    expect(await retention()).toEqual([1]);
    await keeping({});
    expect(await rebuild.run()).toMatchObject({ timers: 1 });
    expect(await retention()).toEqual([]);
  });

  it('repairs what did not follow from the log, and says so', async () => {
    const right = await audited.digest();
    await audited.admin.query(`update view.series set instances = 99; delete from view.delivery`);
    const report = await rebuild.run();
    expect(report).toMatchObject({ digestAfter: right, equal: false });
    expect(report.digestBefore).not.toBe(right);
    expect(await audited.digest()).toBe(right);
  });

  it('begins again from nothing where the tables and their checkpoint were lost', async () => {
    const right = await audited.digest();
    await audited.admin.query(`truncate view.series, view.delivery; delete from log.checkpoint`);
    expect(await rebuild.run()).toMatchObject({ digestAfter: right });
    expect(await audited.digest()).toBe(right);
  });

  it('lets the read models in force answer and go on meanwhile, and takes what came in over', async () => {
    await audited.digest();
    const letGo = await holdProjecting();
    const running = rebuild.run();
    // It cannot come to its end: the last step is taken alone.
    while ((await statusOf(audited.views)).position < (await head())) await pause();
    await writer.receive(0, 3, 1);
    expect(await audited.views.getRepository(SeriesView).count()).toBe(2);
    await letGo();
    await running;
    const own = new ProjectHistory(audited.log, audited.views, audited.identities);
    await own.through(await head());
    expect(await audited.views.getRepository(SeriesView).count()).toBe(3);
    expect(await rebuild.run()).toMatchObject({ equal: true });
  });

  it('is not disturbed by who reads the old tables for long', async () => {
    await audited.digest();
    await audited.admin.query('begin');
    await audited.admin.query('select count(*) from view.series');
    expect(await rebuild.run()).toMatchObject({ equal: true });
    expect(await audited.views.getRepository(SeriesView).count()).toBe(2);
    await audited.admin.query('commit');
    expect(await schemas()).toEqual(['view', 'view_1']);
    await new SweepGenerations(audited.log, audited.views, logger).sweep();
    expect(await schemas()).toEqual(['view']);
  });

  it('is refused while another one is under way, in whatever process', async () => {
    const letGo = await holdProjecting();
    const running = rebuild.run();
    while ((await statusOf(audited.views)).state !== 'building') await pause();
    const refusal = { code: 'rebuild.already-running' };
    await expect(rebuild.start()).rejects.toMatchObject(refusal);
    await expect(rebuildOf(audited).run()).rejects.toMatchObject(refusal);
    await letGo();
    await running;
    await rebuild.run();
  });

  it('leaves the read models in force alone when its process vanishes, and is swept up', async () => {
    const right = await audited.digest();
    // What a process leaves that is killed in the middle: tables, a line, and for a while its lease.
    await audited.views.query('select audit.begin_generation(100)');
    const lease = await audited.log.checkpoints.take(REBUILD_OFFICE);
    const sweep = new SweepGenerations(audited.log, audited.views, logger);
    expect(await sweep.sweep()).toBe(false);
    expect(await schemas()).toEqual(['view', 'view_2']);
    await lease?.giveBack();
    expect(await sweep.sweep()).toBe(true);
    expect(await schemas()).toEqual(['view']);
    expect(await statusOf(audited.views, 2)).toMatchObject({
      state: 'abandoned',
      failure: 'the process that built it vanished',
    });
    expect(await audited.digest()).toBe(right);
    expect(await rebuild.run()).toMatchObject({ equal: true });
  });

  it('that comes to itself after another one began changes nothing', async () => {
    await audited.digest();
    const letGo = await holdProjecting();
    // It may fail before anybody waits for it.
    const late = rebuild.run().then(() => 'came to its end', messageOf);
    while ((await statusOf(audited.views)).state !== 'building') await pause();
    // Its lease ran out without its noticing, and somebody else begins.
    await audited.admin.query(`delete from log.office where name = $1`, [REBUILD_OFFICE]);
    await audited.admin.query('select audit.begin_generation(100)');
    await letGo();
    expect(await late).toMatch(/view_2|not being built/);
    expect(await statusOf(audited.views, 2)).toMatchObject({ state: 'abandoned' });
    expect(await statusOf(audited.views, 3)).toMatchObject({ state: 'building' });
    expect(await schemas()).toContain('view_3');
    expect(await audited.views.getRepository(SeriesView).count()).toBe(2);
  });

  it('is abandoned when its service stops, and leaves nothing behind', async () => {
    const letGo = await holdProjecting();
    await rebuild.start();
    await writer.receive(0, 1, 6);
    const stopped = rebuild.beforeApplicationShutdown();
    await letGo();
    await stopped;
    expect(await statusOf(audited.views, 2)).toMatchObject({ state: 'abandoned', failure: 'the service was stopped' });
    expect(await schemas()).toEqual(['view']);
  });
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));
