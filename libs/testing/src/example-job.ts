import {
  InstanceDerived,
  JobAbandoned,
  JobCancelled,
  JobFailed,
  JobProgressed,
  JobRequested,
  JobRestarted,
  JobRetryScheduled,
  JobStarted,
  JobSucceeded,
  JobTimedOut,
  RetryPolicy,
  type JobPlan,
} from '@waystation/events';
import { exampleSeries } from './example-series.js';

const job = 'feedfeedfeedfeedfeed';
const retry: RetryPolicy = RetryPolicy.parse({
  attempts: 3,
  firstDelaySeconds: 10,
  factor: 2,
  longestDelaySeconds: 60,
});
const plan: JobPlan = { steps: [], targets: ['research'], originals: false, onFailure: 'nothing' };
const executor = { kind: 'app', name: 'anonymizer', version: '1.0.0' } as const;
const digest = 'd1'.repeat(32);
const run = {
  worker: 'anonymizer-1',
  executor,
  configurationVersion: 1,
  settings: { profile: 'basic' },
  input: { instances: 2, digest },
};

/** Object `number` that a module made. */
const output = (number: number): Omit<InstanceDerived['data'], 'attempt'> => ({
  sopInstanceUid: `1.2.826.0.1.3680043.10.9.1.${number}`,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  seriesInstanceUid: '1.2.826.0.1.3680043.10.9.1',
  studyInstanceUid: '1.2.826.0.1.3680043.10.9',
  object: exampleSeries.object(100 + number),
  header: { Modality: 'CT' },
  identity: exampleSeries.sealedIdentity(9).instanceStored,
});

/** A job on the example series, of two images: what happens to it. */
export const exampleJob = {
  job,
  retry,
  plan,
  run,
  output,

  requested: (changes: Partial<JobRequested['data']> = {}): JobRequested => {
    const { seriesInstanceUid, studyInstanceUid } = exampleSeries;
    const instances = { afterSequence: 0, throughSequence: 4, count: 2 };
    return JobRequested.of({
      job,
      module: 'anonymizer',
      settings: { dates: 'modified' },
      rule: 'CT to research',
      step: 0,
      configuration: { version: 1, sha256: 'c0'.repeat(32) },
      studyInstanceUid,
      seriesInstanceUid,
      revision: 1,
      input: [{ seriesInstanceUid, revision: 1, instances }],
      plan,
      ...changes,
    });
  },

  started: (attempt: number, changes: Partial<JobStarted['data']> = {}): JobStarted =>
    JobStarted.of({ attempt, ...run, ...changes }),

  progressed: (attempt: number, fraction: number): JobProgressed => JobProgressed.of({ attempt, fraction }),

  /** The module made object `number`. */
  derived: (number: number, attempt = 1): InstanceDerived => InstanceDerived.of({ ...output(number), attempt }),

  succeeded: (attempt: number, changes: Partial<JobSucceeded['data']> = {}): JobSucceeded =>
    JobSucceeded.of({ attempt, outputs: { instances: 0, digest }, files: [], durationMs: 1200, ...changes }),

  failed: (attempt: number, changes: Partial<JobFailed['data']> = {}): JobFailed =>
    JobFailed.of({
      attempt,
      code: 'job.exit-code',
      reason: 'the module ended with exit code 3',
      retryable: true,
      by: 'module',
      durationMs: 1200,
      ...changes,
    }),

  timedOut: (attempt: number): JobTimedOut => JobTimedOut.of({ attempt, timeoutSeconds: 60, durationMs: 60_001 }),

  retryScheduled: (attempt: number, delayMs: number): JobRetryScheduled => JobRetryScheduled.of({ attempt, delayMs }),

  abandoned: (attempts: number, changes: Partial<JobAbandoned['data']> = {}): JobAbandoned =>
    JobAbandoned.of({ attempts, code: 'job.exit-code', reason: 'the module ended with exit code 3', ...changes }),

  cancelled: (reason = 'nobody needs it'): JobCancelled => JobCancelled.of({ reason }),

  restarted: (settings?: JobRestarted['data']['settings']): JobRestarted =>
    JobRestarted.of({ reason: 'the licence is back', ...(settings && { settings }) }),
} as const;
