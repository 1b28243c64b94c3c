import type { DifferentJob, WhatIfSummary } from '@waystation/answers';
import { jobDecider } from '@waystation/domain';
import { ConfigurationDocument, identityPlace, streamName, type Facts } from '@waystation/events';
import { exampleJob } from '@waystation/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { exampleDocument, HistoryWriter } from '../../test/write-history.js';
import { firstDifferences } from './first-differences.js';
import { WhatIf } from './what-if.js';

const rule = { name: 'lungs', condition: "@Modality@ == 'CT'", action: 'both', targets: ['pacs'] };
const documentOf = (step: object = {}, changes: object = {}): ConfigurationDocument =>
  ConfigurationDocument.parse({
    ...exampleDocument,
    modules: ['lung', 'liver'].map((name) => ({ name, kind: 'app' })),
    rules: [{ ...rule, processing: { steps: [{ module: 'lung', ...step }] }, ...changes }],
  });
const positive = documentOf({ outcomes: [{ when: 'number(result.nodules) > 0', targets: ['export'] }] });
const patient: Facts = { PatientName: 'Doe^Jane', PatientID: '4711' };

let audited: AuditedLog;
let writer: HistoryWriter;

/** A series came and was processed, and this was found. */
const found = async (series: number, findings: Facts): Promise<void> => {
  await writer.receive(1, series, 1);
  await writer.route(series, (await writer.complete(series)) ?? 0);
  const [job, seriesInstanceUid, studyInstanceUid] = [`job${series}`, writer.uid(series), writer.uid(1)];
  const stream = streamName.job(job);
  const place = identityPlace.jobFindings(job, 1);
  const sealed = await audited.identities.sealAt(place, { studyInstanceUid, identity: patient }, findings);
  const instances = { afterSequence: 0, throughSequence: 2, count: 1 };
  const requested = exampleJob.requested({
    ...{ job, module: 'lung', settings: {}, rule: 'lungs', seriesInstanceUid, studyInstanceUid },
    input: [{ seriesInstanceUid, revision: 1, instances }],
    plan: { ...exampleJob.plan, targets: ['pacs'] },
  });
  const outputs = { instances: 1, digest: 'd1'.repeat(32) };
  const events = [requested, exampleJob.started(1), exampleJob.succeeded(1, { outputs, findings: sealed })];
  const time = audited.log.clock.estimate();
  await audited.log.append({ parts: [{ stream, expected: 0, events }], time, metadata: {} });
  await writer.commands.handle(jobDecider, stream, { kind: 'route-job', targets: ['pacs', 'export'] });
};

const ask = async (
  document: ConfigurationDocument,
  after = 0,
): Promise<{ jobs: readonly DifferentJob[]; decisions: number; summary: WhatIfSummary }> => {
  const { position: through } = await audited.log.head();
  const lines = new WhatIf(audited.log, audited.identities).run({ document, after, through });
  const { differences, jobs, summary } = await firstDifferences(lines, 100, () => false);
  return { jobs, decisions: differences.length, summary };
};

beforeEach(async () => {
  audited = await auditedLog();
  writer = new HistoryWriter(audited.log);
  await writer.publish(documentOf());
  await found(1, { nodules: '0' });
  await found(2, { nodules: '3' });
});
afterEach(() => audited[Symbol.asyncDispose]());

it('What follows from jobs is asked again by what they found, with other conditions', async () => {
  const { jobs, decisions, summary } = await ask(positive);
  expect(jobs).toMatchObject([
    {
      ...{ job: 'job2', module: 'lung', rule: 'lungs', seriesInstanceUid: writer.uid(2) },
      was: { outcome: 'routed', targets: [{ target: 'pacs', brings: 'output' }] },
      would: { outcome: 'routed', targets: [{ target: 'export', brings: 'output' }] },
    },
  ]);
  expect(decisions).toBe(0);
  expect(summary.jobs).toMatchObject({
    ...{ decisions: 2, same: 1, different: 1 },
    targets: { pacs: { more: 0, fewer: 1 }, export: { more: 1, fewer: 0 } },
  });
  expect(JSON.stringify(jobs)).not.toContain("'3'");
  expect((await ask(documentOf())).summary.jobs).toMatchObject({ decisions: 2, same: 2 });
});

it('What another module would find nobody knows, and a job that would not be there is none', async () => {
  const other = await ask(documentOf({ module: 'liver' }));
  expect(other).toMatchObject({ jobs: [], decisions: 2, summary: { jobs: { unknown: { runs: { liver: 2 } } } } });
  const gone = await ask(documentOf({}, { condition: 'False' }));
  expect(gone).toMatchObject({ jobs: [], decisions: 2, summary: { jobs: { decisions: 0 } } });
});

it('A job is asked again also where its series was decided before the range, by a rule of another name as well', async () => {
  const { position } = (await ask(positive)).jobs[0] ?? { position: 0 };
  expect((await ask(positive, position - 1)).jobs.map(({ job }) => job)).toEqual(['job2']);
  const renamed = documentOf({}, { name: 'thorax' });
  expect((await ask(renamed, position - 1)).summary.jobs).toMatchObject({ decisions: 1, same: 1 });
});

it('What was found of those who are forgotten is not known any more, and asked for only where conditions do', async () => {
  const { keys } = await audited.identities.patients.of({ patientId: '4711', issuer: '' });
  await audited.identities.erasure.destroy(keys);
  expect((await ask(positive)).summary.jobs).toMatchObject({ decisions: 2, unknown: { forgotten: 2 } });
  const elsewhere = documentOf({}, { targets: ['export'] });
  expect((await ask(elsewhere)).summary.jobs).toMatchObject({ decisions: 2, different: 2 });
});
