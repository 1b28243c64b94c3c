import { JobAbandoned, JobFailed, JobStarted } from '@waystation/events';
import type { StartJob } from './job-command.js';
import type { JobEvent } from './job-event.js';
import type { KnownJob } from './job-state.js';

/**
 * Only the holder of the timer asks; an attempt that is still open then belongs to a worker that vanished. Where that
 * was the last attempt that the policy allows, the job is given up: it may be what makes workers vanish.
 */
export const startJob = (state: KnownJob, command: StartJob): readonly JobEvent[] => {
  if (state.status === 'waiting') return [started(state, command)];
  if (state.status !== 'running') return [];
  const { attempt, attemptsInRound } = state;
  const code = 'job.worker-lost';
  const reason = `worker '${state.started?.worker ?? 'unknown'}' vanished in the middle of attempt ${attempt}; '${command.worker}' found it`;
  const lost = JobFailed.of({ attempt, code, reason, retryable: true, by: 'module' });
  return attemptsInRound >= command.retry.attempts
    ? [lost, JobAbandoned.of({ attempts: attempt, code, reason })]
    : [lost, started(state, command)];
};

const started = (state: KnownJob, command: StartJob): JobStarted => {
  const { worker, executor, configurationVersion, settings, input } = command;
  return JobStarted.of({ attempt: state.attempt + 1, worker, executor, configurationVersion, settings, input });
};
