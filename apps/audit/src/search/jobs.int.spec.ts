import type { JobLine } from '@waystation/answers';
import { CommandHandler } from '@waystation/event-log';
import { streamName, type NewEvent } from '@waystation/events';
import { exampleJob } from '@waystation/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { HistoryWriter } from '../../test/write-history.js';
import { StreamsOfStudy } from '../feed/streams-of-study.js';
import { TellHistory } from '../tell-history/tell-history.js';
import { FindDerivedSeries } from './find-derived-series.js';
import { findById } from './find-streams.js';
import { JobsController } from './jobs.controller.js';

const { requested, started, progressed, derived, succeeded, failed, retryScheduled } = exampleJob;
const stream = streamName.job('of-series');
let audited: AuditedLog;
let list: JobsController;
let writer: HistoryWriter;

/** Writes what happens to a job of the first study. */
const write = (job: string, about: object, ...events: readonly NewEvent[]) => {
  const input = [1, 3].map((series) => ({
    ...{ seriesInstanceUid: writer.uid(series), revision: 1 },
    instances: { afterSequence: 0, throughSequence: 2, count: 1 },
  }));
  const first = requested({ job, studyInstanceUid: writer.uid(0), input, ...about });
  return audited.log.append({
    parts: [{ stream: streamName.job(job), expected: 0, events: [first, ...events] }],
    time: audited.log.clock.estimate(),
    metadata: {},
  });
};

beforeAll(async () => {
  audited = await auditedLog();
  list = new JobsController(audited.views);
  writer = new HistoryWriter(audited.log);
  for (const series of [1, 3]) {
    await writer.receive(0, series, 1);
    await writer.addToStudy(0, series);
  }
  const outputs = { instances: 1, digest: 'd1'.repeat(32) };
  const made = [started(1), derived(1), succeeded(1, { outputs })];
  await write('of-series', { seriesInstanceUid: writer.uid(1) }, ...made);
  const failing = [started(1), failed(1), retryScheduled(2, 1000), started(2), progressed(2, 0.25)];
  await write('of-study', { seriesInstanceUid: undefined, module: 'fusion' }, ...failing);
  await audited.project.through((await audited.log.head()).position);
});
afterAll(() => audited[Symbol.asyncDispose]());

const idsOf = (lines: readonly JobLine<Date>[]) => lines.map(({ job }) => job);

it('Jobs are listed with what came of them, the one with the newest event first', async () => {
  const lines = await list.list({ limit: 10 });
  expect(lines).toMatchObject([
    {
      ...{ job: 'of-study', module: 'fusion', seriesInstanceUid: null, status: 'running', attempts: 2, outputs: 0 },
      ...{ progress: 0.25, worker: 'anonymizer-1', lastFailure: 'job.exit-code: the module ended with exit code 3' },
    },
    {
      ...{ job: 'of-series', seriesInstanceUid: writer.uid(1), rule: 'CT to research', status: 'succeeded' },
      ...{ attempts: 1, outputs: 1, progress: null, follows: null, lastFailure: null },
    },
  ]);
  expect(idsOf(await list.list({ limit: 10, before: lines[0]?.position ?? 0 }))).toEqual(['of-series']);
});

it('They are found by series, study, module, rule and status', async () => {
  expect(idsOf(await list.list({ limit: 10, series: writer.uid(1) }))).toEqual(['of-series']);
  expect(idsOf(await list.list({ limit: 10, study: writer.uid(0) }))).toEqual(['of-study', 'of-series']);
  expect(idsOf(await list.list({ limit: 10, study: writer.uid(5) }))).toEqual([]);
  expect(idsOf(await list.list({ limit: 10, module: 'fusion' }))).toEqual(['of-study']);
  expect(idsOf(await list.list({ limit: 10, rule: 'nobody' }))).toEqual([]);
  expect(idsOf(await list.list({ limit: 10, status: 'succeeded' }))).toEqual(['of-series']);
  expect(await findById(audited.log, 'of-series')).toMatchObject([{ stream, events: 4 }]);
});

it('What they made is listed by series, with the job and what it was made of', async () => {
  const derivedSeries = new FindDerivedSeries(audited.views, new CommandHandler(audited.log, 'audit'));
  const found = await derivedSeries.find({ limit: 10 });
  const [line] = found;
  expect(found).toMatchObject([
    { instances: 1, job: 'of-series', module: 'anonymizer', rule: 'CT to research', expired: false },
  ]);
  expect(line?.madeOf).toEqual([1, 3].map((series) => writer.uid(series)));
  expect(line?.seriesInstanceUid).toBe(derived(1).data.seriesInstanceUid);
  expect(await derivedSeries.find({ limit: 10, of: writer.uid(1) })).toEqual(found);
  expect(await derivedSeries.find({ limit: 10, study: writer.uid(0) })).toEqual(found);
  expect(await derivedSeries.find({ limit: 10, of: writer.uid(5) })).toEqual([]);
  expect(await derivedSeries.find({ limit: 10, study: writer.uid(5) })).toEqual([]);
});

it('They are part of the history of every series that they were given, and of the streams of its study', async () => {
  const history = new TellHistory(audited.log, audited.project, audited.views, audited.identities, '/log/spec/1');
  const jobsIn = async (entries: Promise<readonly { readonly subject: string }[]>) =>
    [...new Set((await entries).map(({ subject }) => subject))].filter((subject) => subject.startsWith('job/'));
  const [ofSeries, ofStudy] = [stream, streamName.job('of-study')];
  expect(await jobsIn(history.ofSeries(writer.uid(1)))).toEqual([ofSeries, ofStudy]);
  expect(await jobsIn(history.ofSeries(writer.uid(3)))).toEqual([ofSeries, ofStudy]);
  expect(await jobsIn(history.ofStudy(writer.uid(0)))).toEqual([ofSeries, ofStudy]);
  const { names } = await StreamsOfStudy.knownTo(audited.views, writer.uid(0));
  expect(names).toEqual(expect.arrayContaining([ofSeries, ofStudy]));
});
