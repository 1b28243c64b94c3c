import { join } from 'node:path';
import type { DerivedSeriesLine, Explanation, JobLine } from '@waystation/answers';
import type { SyntheticInstance } from '@waystation/testing';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../harness/program.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface Derived {
  readonly sopInstanceUid: string;
  readonly object: { readonly sha256: string };
}
interface ShownJob {
  readonly state: { readonly derived: Readonly<Record<string, Derived>> };
  readonly history: readonly HistoryEntry[];
}

const anonymizer = { settings: { secret: { environment: 'ANONYMIZER_SECRET' } } };
const both = (description: string, target: string, processing: object, more: object = {}) => ({
  ...{ name: description, condition: `@SeriesDescription@ == '${description}'`, action: 'both', targets: [target] },
  ...{ processing, ...more },
});

// REQ-PROCESS-1 to REQ-PROCESS-6: what a module makes goes where the rule says, once, and operators have a say.
describe('A rule that has a series processed', () => {
  let folder: string;
  let system: Standalone;
  const targets = new Map<string, RecordingTarget>();
  const target = (name: string): RecordingTarget => targets.get(name) as RecordingTarget;
  const seriesOf = (seriesDescription: string) => syntheticSeries(3, { seriesDescription });

  const jobs = (series: string) => system.waystation.get<readonly JobLine[]>(`/api/jobs?series=${series}`);
  const job = (series: string, status: string): Promise<JobLine> =>
    eventually(`a job of ${series} that is ${status}`, async () =>
      (await jobs(series)).find((line) => line.status === status),
    );
  const shown = (id: string) => system.waystation.json<ShownJob>('job', 'show', id);
  const uidOf = (series: readonly SyntheticInstance[]): string => series[0]?.seriesInstanceUid ?? '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const name of ['research', 'second', 'fallback', 'whole']) targets.set(name, await RecordingTarget.listen());
    system = await startStandalone(join(folder, 'data'), { ANONYMIZER_SECRET: 'as long as it has to be' });
    const retry = { attempts: 1 };
    const nowhere = { environment: 'NO_SUCH_SECRET' };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [...targets].map(([name, one]) => one.configured(name)),
      modules: [
        { kind: 'app', name: 'anonymizer', ...anonymizer },
        { kind: 'app', name: 'statistics' },
        { kind: 'app', name: 'without secret', app: 'anonymizer', settings: { secret: nowhere }, retry },
        { kind: 'app', name: 'nobody' },
      ],
      rules: [
        both('TWICE', 'research', { steps: [{ module: 'anonymizer' }, { module: 'anonymizer' }] }),
        both('BROKEN', 'fallback', { steps: [{ module: 'without secret' }], onFailure: 'originals' }),
        both('IDLE', 'research', { steps: [{ module: 'nobody' }] }),
        both(
          'WHOLE',
          'whole',
          { steps: [{ module: 'statistics' }], originals: true },
          {
            trigger: 'study',
            study: { quietPeriodSeconds: 1 },
          },
        ),
      ],
    });
  });
  afterAll(async () => {
    await system?.program.stop();
    for (const one of targets.values()) await one.close();
    await removeFolder(folder);
  });

  it('sends what the last of its modules made, bit by bit, and nothing of what came in', async () => {
    const series = seriesOf('TWICE');
    await sendAll(system.dicomPort, series);
    const [delivery] = await system.waystation.deliveries(uidOf(series), 1);
    expect(delivery).toMatchObject({ target: 'research', attempts: 1, delivered: series.length });
    const lines = await jobs(uidOf(series));
    expect(lines.map(({ step, status, follows, outputs }) => [step, status, follows, outputs])).toEqual([
      [1, 'succeeded', 'routed', 3],
      [0, 'succeeded', 'next-step', 3],
    ]);
    const { state } = await shown(lines[0]?.job ?? '');
    const made = Object.values(state.derived);
    expect(target('research').received).toEqual(
      new Map(made.map(({ sopInstanceUid, object }) => [sopInstanceUid, [object.sha256]])),
    );
    for (const { sopInstanceUid } of series) expect(target('research').received.has(sopInstanceUid)).toBe(false);
    const history = await system.waystation.history(uidOf(series));
    expect(history.filter(({ type }) => type === 'instance.derived.v1')).toHaveLength(6);
    expect(history.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(/^routed, to research:/));
    const explained = await system.waystation.json<Explanation>('explain', uidOf(series));
    expect(explained.jobs.map(({ step, deliveries }) => [step, deliveries.length])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('sends what came in where its module fails for good and it says so', async () => {
    const series = seriesOf('BROKEN');
    await sendAll(system.dicomPort, series);
    await system.waystation.deliveries(uidOf(series), 1);
    expect(await job(uidOf(series), 'abandoned')).toMatchObject({ module: 'without secret', follows: 'failed' });
    expect([...target('fallback').received.keys()].toSorted()).toEqual(
      series.map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
    );
  });

  it('waits for a worker until somebody cancels the job, and again once it is restarted', async () => {
    const series = seriesOf('IDLE');
    await sendAll(system.dicomPort, series);
    const { job: id } = await job(uidOf(series), 'waiting');
    const say = (...words: readonly string[]) => system.waystation.json('job', ...words, '--reason', 'a test');
    expect(await say('cancel', id)).toMatchObject({ status: 'cancelled' });
    expect(await job(uidOf(series), 'cancelled')).toMatchObject({ job: id });
    expect(await say('restart', id, '--settings', '{"threshold": 0.4}')).toMatchObject({ status: 'waiting' });
    const { history } = await shown(id);
    expect(history.map(({ sentence }) => sentence).slice(1)).toEqual([
      'cancelled: a test',
      'to be done again with other threshold: a test',
    ]);
    await say('cancel', id);
    const { stderr } = await system.waystation.run('job', 'cancel', 'nothing');
    expect(stderr).toContain('job.unknown');
  });

  it('is not needed: a past series is processed where somebody asks for it', async () => {
    const series = seriesOf('IDLE');
    await sendAll(system.dicomPort, series);
    await job(uidOf(series), 'waiting');
    const asked = await system.waystation.json<{ job: string }>(
      ...['job', 'run', 'anonymizer', uidOf(series), '--to', 'second', '--reason', 'for a trial'],
    );
    await system.waystation.deliveries(uidOf(series), 1);
    expect(target('second').objects).toBe(series.length);
    const { history } = await shown(asked.job);
    expect(history[0]).toMatchObject({
      authtype: 'user',
      sentence: '3 objects to be processed by anonymizer: for a trial',
    });
  });

  it('has a whole study processed by one job, and sends what came in along', async () => {
    const study = { seriesDescription: 'WHOLE', studyInstanceUid: '1.2.826.0.1.3680043.10.99.1' };
    const [one, other] = [syntheticSeries(2, study), syntheticSeries(2, { ...study, seed: 'other' })];
    await sendAll(system.dicomPort, [...one, ...other]);
    await system.waystation.deliveries(uidOf(one), 1);
    await system.waystation.deliveries(uidOf(other), 1);
    expect(await system.waystation.json<readonly JobLine[]>('jobs', '--study', study.studyInstanceUid)).toMatchObject([
      { module: 'statistics', seriesInstanceUid: null, status: 'succeeded', follows: 'routed', outputs: 0 },
    ]);
    expect([...target('whole').received.keys()].toSorted()).toEqual(
      [...one, ...other].map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
    );
  });

  it('lists what was made of a series, and by which job', async () => {
    const [last, first] = await system.waystation.json<readonly JobLine[]>('jobs', '--rule', 'TWICE');
    const of = first?.seriesInstanceUid ?? '';
    const found = await system.waystation.json<readonly DerivedSeriesLine[]>('series', '--derived', '--of', of);
    expect(found).toMatchObject([
      { job: last?.job, module: 'anonymizer', instances: 3, madeOf: [of] },
      { job: first?.job, module: 'anonymizer', instances: 3, madeOf: [of] },
    ]);
    const { stderr } = await system.waystation.run('series', '--derived', '--modality', 'CT');
    expect(stderr).toContain('cli.not-of-derived');
  });

  it('is not needed for a study either', async () => {
    const study = '1.2.826.0.1.3680043.10.99.1';
    const asked = await system.waystation.json<{ job: string }>(
      ...['job', 'run', 'statistics', '--study', study, '--settings', '{"values": ["Rows"]}', '--reason', 'a test'],
    );
    const done = await eventually('the job on the study', async () =>
      (await system.waystation.get<readonly JobLine[]>(`/api/jobs?study=${study}&status=succeeded`)).find(
        ({ job: id }) => id === asked.job,
      ),
    );
    expect(done).toMatchObject({ module: 'statistics', seriesInstanceUid: null, rule: null });
    const { result } = await system.waystation.json<{ result: object }>('job', 'result', asked.job);
    expect(result).toMatchObject({ instances: 4, series: [{ instances: 2 }, { instances: 2 }] });
    const { stderr } = await system.waystation.run('job', 'run', 'statistics', '--study', '1.2.3');
    expect(stderr).toContain('cli.unknown-study');
  });

  it('keeps what its modules found', async () => {
    const study = '1.2.826.0.1.3680043.10.99.1';
    const [line] = await system.waystation.json<readonly JobLine[]>('jobs', '--study', study, '--rule', 'WHOLE');
    const { result } = await system.waystation.json<{ result: object }>('job', 'result', line?.job ?? '');
    expect(result).toMatchObject({ instances: 4 });
    const { history } = await shown(line?.job ?? '');
    const found = /; found instances = 4; series_1 = CT, 2 objects, .*SliceThickness 5.*; series_2 = CT, 2 objects/;
    expect(history.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(found));
    const { stderr } = await system.waystation.run('job', 'result', line?.job ?? '', '--attempt', '9');
    expect(stderr).toContain('job.no-such-object');
  });

  it('is part of the evidence of a study, with what was made of it', async () => {
    const [{ studyInstanceUid } = { studyInstanceUid: '' }] = await system.waystation.json<readonly JobLine[]>(
      ...['jobs', '--rule', 'TWICE'],
    );
    const zip = join(folder, 'evidence.zip');
    const unpacked = join(folder, 'evidence');
    await system.waystation.json('bundle', studyInstanceUid, '--out', zip, '--with-objects');
    await run('unzip', ['-q', zip, '-d', unpacked], {});
    const verified = await run(process.execPath, [join(unpacked, 'verify.mjs')], {});
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('9 objects') });
  });

  it('leaves read models that can be dropped and rebuilt, jobs and all', async () => {
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true, timers: 1 });
  });
});
