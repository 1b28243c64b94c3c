import {
  InstanceDerived,
  JobAbandoned,
  JobFailed,
  JobRetryScheduled,
  JobSucceeded,
  JobTimedOut,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { retryDelayMs } from '../delivery/retry-delay.js';
import { digestOfInstances } from './digest-of-instances.js';
import type { FailJob, NextAttempt, SucceedJob, TimeOutJob } from './job-command.js';
import type { JobEvent } from './job-event.js';
import type { KnownJob } from './job-state.js';
import { timeoutReason } from './timeout-reason.js';

/**
 * Everything that the module made, and that it is done.
 * @throws CodedError `job.output-twice`
 */
export const succeedJob = (
  state: KnownJob,
  { kind: _kind, outputs, files, ...success }: SucceedJob,
): readonly JobEvent[] => {
  const { attempt } = success;
  const seen = new Set<string>();
  for (const { sopInstanceUid } of outputs) {
    if (seen.has(sopInstanceUid))
      throw new CodedError(
        'job.output-twice',
        `attempt ${attempt} of job ${state.request.job} made two objects with the SOP Instance UID ${sopInstanceUid}`,
      );
    seen.add(sopInstanceUid);
  }
  return [
    ...outputs.map((output) => InstanceDerived.of({ ...output, attempt })),
    JobSucceeded.of({
      ...success,
      files: [...files],
      outputs: { instances: outputs.length, digest: digestOfInstances(outputs) },
    }),
  ];
};

/** A failure and what follows from it. What is not the module's fault costs it no attempt. */
export const failJob = (state: KnownJob, { kind: _kind, retry, jitter, ...failure }: FailJob): readonly JobEvent[] => {
  const { code, reason, retryable, by } = failure;
  const failed = JobFailed.of(failure);
  if (by === 'waystation') return [failed, again(state, retryDelayMs(retry, 1, jitter))];
  return [
    failed,
    retryable ? againOrNever(state, { retry, jitter }, { code, reason }) : abandoned(state, { code, reason }),
  ];
};

/** It was stopped since it took too long, and what follows from that. */
export const timeOutJob = (
  state: KnownJob,
  { kind: _kind, retry, jitter, ...timeout }: TimeOutJob,
): readonly JobEvent[] => [JobTimedOut.of(timeout), againOrNever(state, { retry, jitter }, timeoutReason(timeout))];

type Why = Readonly<Pick<JobAbandoned['data'], 'code' | 'reason'>>;

const againOrNever = (state: KnownJob, { retry, jitter }: NextAttempt, why: Why): JobEvent =>
  state.attemptsInRound < retry.attempts
    ? again(state, retryDelayMs(retry, state.attemptsInRound, jitter))
    : abandoned(state, why);

const again = ({ attempt }: KnownJob, delayMs: number): JobRetryScheduled =>
  JobRetryScheduled.of({ attempt: attempt + 1, delayMs });

const abandoned = ({ attempt }: KnownJob, why: Why): JobAbandoned => JobAbandoned.of({ attempts: attempt, ...why });
