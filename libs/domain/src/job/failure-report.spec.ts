import { ConfigurationDocument, JobRequested, JobRouted, type JobPlan } from '@waystation/events';
import { exampleJob, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { failureReportOf } from './failure-report.js';
import { jobDecider } from './job-decider.js';
import type { KnownJob } from './job-state.js';
import { plannedReturn } from './planned-return.js';
import { jobsAfter } from './requested-by-job.js';

const j = exampleJob;
const at = '2026-01-01T00:00:09.000Z';

const routed = (returnFailure: JobPlan['returnFailure'], more: Parameters<typeof j.requested>[0] = {}) => {
  const plan = { ...j.plan, ...(returnFailure && { returnFailure }) };
  const history = [j.requested({ plan, ...more }), j.started(1), j.failed(1, { retryable: false }), j.abandoned(1)];
  const told = given(jobDecider, history).when({ kind: 'route-job', targets: ['research', 'ct1'] });
  const [first] = told.events;
  if (first?.type !== JobRouted.type) throw new Error('expected a decision');
  return { decision: first.data, state: told.state as KnownJob };
};

describe('a failure that is returned', () => {
  it('is told of by a job of its own, about what came in, whose output goes to the sender', () => {
    const { decision, state } = routed({ targets: ['ct1'] });
    expect(decision).toMatchObject({ outcome: 'failed', because: expect.stringMatching(/tells of it goes to 'ct1'$/) });
    const { data } = failureReportOf(state, at);
    expect(JobRequested.schema.safeParse(data).error).toBeUndefined();
    expect(data).toMatchObject({
      job: decision.report,
      module: 'failure-report',
      settings: {
        job: j.job,
        rule: 'CT to research',
        module: 'anonymizer',
        code: 'job.exit-code',
        reason: 'the module ended with exit code 3',
        failedAt: at,
      },
      input: j.requested().data.input,
      plan: { steps: [], targets: ['ct1'], originals: false, onFailure: 'nothing' },
    });
    expect(data).not.toHaveProperty('rule');
    expect(data.plan).not.toHaveProperty('returnFailure');
    expect(jobsAfter(state)).toEqual([{ job: decision.report, module: 'failure-report' }]);
  });

  it('is about what came in at the beginning, whichever step failed', () => {
    const { input: originals } = j.requested().data;
    const { state } = routed(
      { targets: ['ct1'] },
      { step: 1, input: [{ job: 'before', attempt: 1, count: 2 }], originals },
    );
    expect(failureReportOf(state, at).data).toMatchObject({ step: 0, input: originals });
  });

  it('is told of by nobody where no target is known for its sender, and the decision says so', () => {
    const { decision } = routed({ targets: [], unknownSenders: ['CT9'] });
    expect(decision).not.toHaveProperty('report');
    expect(decision.because).toMatch(/no target is known for the sender 'CT9'$/);
  });

  it('is not asked for where the rule says nothing of it', () => {
    expect(routed(undefined).decision).not.toHaveProperty('report');
  });
});

describe('where a failure is returned to', () => {
  const dicom = (name: string, calledAeTitle: string) => ({ kind: 'dicom', name, host: 'x', port: 104, calledAeTitle });
  const document = ConfigurationDocument.parse({
    senders: [{ aeTitle: 'CT1', target: 'console' }, { aeTitle: 'CT2' }],
    targets: [dicom('console', 'OTHER'), dicom('ct2', 'CT2'), dicom('twin', 'TWIN'), dicom('twin 2', 'TWIN')],
  });
  const to = (senders: readonly string[], targets: string[] = []) =>
    plannedReturn({ toSender: true, targets }, senders, document);

  it('is what the configuration says of the sender, or the one target with its title', () => {
    expect(to(['CT1 '])).toEqual({ targets: ['console'] });
    expect(to(['CT2', 'CT2'], ['twin'])).toEqual({ targets: ['ct2', 'twin'] });
  });

  it('is no guess', () => {
    expect(to(['TWIN', 'CT1'])).toEqual({ targets: ['console'], unknownSenders: ['TWIN'] });
    expect(to(['NOBODY'], ['twin'])).toEqual({ targets: ['twin'], unknownSenders: ['NOBODY'] });
  });

  it('is only what the rule names where it does not ask for the sender', () => {
    expect(plannedReturn({ toSender: false, targets: ['twin'] }, ['CT1'], document)).toEqual({ targets: ['twin'] });
    expect(plannedReturn(undefined, ['CT1'], document)).toBeUndefined();
  });
});
