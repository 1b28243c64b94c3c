import { JobRequested } from '@waystation/events';
import { failureReportId } from './job-ids.js';
import { originalsOf } from './job-originals.js';
import type { KnownJob } from './job-state.js';

/** The module that makes a DICOM object of a failure. It is Waystation's own: no configuration names it. */
export const failureReportModule = 'failure-report';

/** What is written into the object. */
export interface FailureToReport {
  readonly [key: string]: string | number;
  /** The job that failed. */
  readonly job: string;
  readonly attempts: number;
  readonly module: string;
  readonly code: string;
  /** One sentence, without anything that identifies the patient. */
  readonly reason: string;
  /** ISO 8601 in UTC. */
  readonly failedAt: string;
}

/**
 * The job that makes a DICOM object of a failure, from what came in, and has it delivered. It follows no rule: what becomes of
 * it changes nothing about what became of the job that failed.
 */
export const failureReportOf = ({ request, attempt, lastFailure }: KnownJob, failedAt: string): JobRequested => {
  const [first, ...others] = originalsOf(request);
  const { app: _app, outcomes: _outcomes, originals: _originals, rule, reason: _reason, ...about } = request;
  const { code, reason } = lastFailure ?? { code: 'job.abandoned', reason: 'nobody knows why' };
  const failure: FailureToReport = {
    job: request.job,
    attempts: attempt,
    module: request.module,
    code,
    reason,
    failedAt,
  };
  return JobRequested.of({
    ...about,
    job: failureReportId(request.job, attempt),
    module: failureReportModule,
    settings: { ...failure, ...(rule === undefined ? {} : { rule }) },
    step: 0,
    input: first === undefined ? request.input : [first, ...others],
    plan: {
      steps: [],
      targets: [...(request.plan.returnFailure?.targets ?? [])],
      originals: false,
      onFailure: 'nothing',
    },
    reason: `job ${request.job} failed for good: ${code}`,
  });
};
