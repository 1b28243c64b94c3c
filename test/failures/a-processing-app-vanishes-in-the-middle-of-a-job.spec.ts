import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivedUid } from '@waystation/module-sdk';
import { openObjectStore } from '@waystation/object-store';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectKept, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { Program } from '../harness/program.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { cleanEnvironment, repository } from '../harness/repository.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

// REQ-MODULE-4: a job whose worker vanished is done by another, ends once, and its output is delivered once.
describe('When a processing app vanishes in the middle of a job, another', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  const apps: Program[] = [];
  const modality = new Modality();
  const gate = () => join(folder, 'gate');

  const startApp = async (): Promise<Program> => {
    const app = Program.start('waiting', process.execPath, [join(repository, 'test/harness/waiting-app.mjs')], {
      ...cleanEnvironment(),
      WAYSTATION_DATABASE_URL: substrate.databaseUrl,
      WAYSTATION_BUS: substrate.bus,
      WAYSTATION_OBJECTS: substrate.objects,
      WAYSTATION_DATA: join(folder, `waiting-${apps.length}`),
      WAYSTATION_IDENTITY_KEY: substrate.identityKey,
      WAYSTATION_HTTP_PORT: '0',
    });
    apps.push(app);
    await app.says(/waiting is ready/);
    return app;
  };
  const jobOf = async (series: readonly SyntheticInstance[]): Promise<string> => {
    const uid = series[0]?.seriesInstanceUid ?? '';
    return eventually('a job', async () => {
      const [line] = await services.waystation.get<readonly { job: string }[]>(`/api/jobs?series=${uid}`);
      return line?.job;
    });
  };
  const historyOf = (job: string): Promise<readonly HistoryEntry[]> => services.waystation.history(`job/${job}`);
  const outcomes = (history: readonly HistoryEntry[]): readonly string[] =>
    history
      .filter(({ type }) => /^job\.(started|failed|succeeded|abandoned|routed)/.test(type))
      .map(({ type, data }) => [type, data['attempt'], data['code']].join(' ').trim());
  /** Objects of the first attempt that are still there. */
  const leftBehind = async (job: string): Promise<number> => {
    const objects = await openObjectStore(substrate.objects);
    let count = 0;
    for await (const { key } of objects.list(`derived/${job}/1/`)) count += key.endsWith('.dcm') ? 1 : 0;
    await objects.close();
    return count;
  };

  /** Has a series processed; does something to the worker when half of the output is made. */
  const processed = async (happens: (worker: Program | undefined) => Promise<void> | void) => {
    await rm(gate(), { force: true });
    const series = syntheticSeries(6);
    await modality.push(services.one('ingest').dicomPort, series);
    const job = await jobOf(series);
    const started = await eventually('half of the output', async () => {
      const history = await historyOf(job);
      const isHalf = history.some(({ type }) => type === 'job.progressed.v1');
      return isHalf ? history.find(({ type }) => type === 'job.started.v1') : undefined;
    });
    const worker = apps.find(({ pid }) => String(started.data['worker']).endsWith(`:${pid}`));
    await happens(worker);
    await writeFile(gate(), '');
    await untilDelivered(services.waystation, series, ['pacs']);
    return { series, job, worker };
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    [substrate, pacs] = await Promise.all([createSubstrate(), RecordingTarget.listen()]);
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'dispatch', 'audit', 'control']);
    await Promise.all([startApp(), startApp()]);
    const processing = { steps: [{ module: 'waiting' }] };
    const retry = { attempts: 3, firstDelaySeconds: 0.1 };
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [pacs.configured('pacs')],
      modules: [{ name: 'waiting', kind: 'app', settings: { gate: gate() }, retry }],
      rules: [{ name: 'all', condition: 'True', action: 'both', targets: ['pacs'], processing }],
    });
  });

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.kill()));
    await services?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const made = ({ sopInstanceUid }: SyntheticInstance): string => derivedUid('waiting', sopInstanceUid);
  const expectOnce = async (series: readonly SyntheticInstance[], job: string): Promise<void> => {
    const history = await historyOf(job);
    expect(outcomes(history)).toEqual([
      'job.started.v1 1',
      'job.failed.v1 1 job.worker-lost',
      'job.started.v1 2',
      'job.succeeded.v1 2',
      'job.routed.v1 2',
    ]);
    const derived = history.filter(({ type }) => type === 'instance.derived.v1').map(({ data }) => data);
    expect(derived.map(({ sopInstanceUid }) => sopInstanceUid as string).toSorted()).toEqual(
      series.map(made).toSorted(),
    );
    expect(series.map((instance) => pacs.received.get(made(instance))?.length)).toEqual(series.map(() => 1));
    const seriesHistory = await services.waystation.history(series[0]?.seriesInstanceUid ?? '');
    await expectKept(seriesHistory, substrate.objects, modality, series);
  };

  it('does it, and all that was made is delivered once', async () => {
    const { series, job, worker } = await processed((gone) => gone?.kill());
    expect(worker).toBeDefined();
    await expectOnce(series, job);
    expect(await leftBehind(job)).toBe(0);
  });

  it('is not hindered by one that only hung, and that one leaves nothing when it finds out', async () => {
    await startApp();
    const { series, job, worker } = await processed((hung) => {
      if (hung) process.kill(hung.pid, 'SIGSTOP');
    });
    if (worker) process.kill(worker.pid, 'SIGCONT');
    await eventually('the one that hung to clean up', async () => ((await leftBehind(job)) === 0 ? true : undefined));
    await expectOnce(series, job);
    await expectSoundLog(services.waystation);
  });
});
