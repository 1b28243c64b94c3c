import { JobCancelled, JobProgressed, JobRestarted } from '@waystation/events';
import { CodedError, unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { expireJob, noteJobErased } from '../retention/expire-job.js';
import { evolveJob } from './evolve-job.js';
import { failJob, succeedJob, timeOutJob } from './finish-job.js';
import type { CancelJob, JobCommand, RestartJob } from './job-command.js';
import { dueOfJob } from './job-due.js';
import type { JobEvent } from './job-event.js';
import { releaseJob, reviewHours } from './job-hours.js';
import { unknownJob, type JobState, type KnownJob } from './job-state.js';
import { routeJob } from './route-job.js';
import { startJob } from './start-job.js';

/** The life of a job: waiting, running, and then succeeded, cancelled or, after the last attempt, abandoned. */
export const jobDecider: Decider<JobState, JobCommand, JobEvent> = {
  initial: unknownJob,
  decide: (state, command) => {
    if (state.status === 'unknown')
      throw new CodedError('job.unknown', 'there is no such job: its stream has no events');
    switch (command.kind) {
      case 'review-hours':
        return reviewHours(state, command);
      case 'release-job':
        return releaseJob(state, command);
      case 'start-job':
        return startJob(state, command);
      case 'record-progress': {
        const { kind: _kind, ...progress } = command;
        return ownAttempt(state, command.attempt) && [JobProgressed.of(progress)];
      }
      case 'succeed-job':
        return succeedJob(ownAttempt(state, command.attempt), command);
      case 'fail-job':
        return failJob(ownAttempt(state, command.attempt), command);
      case 'time-out-job':
        return timeOutJob(ownAttempt(state, command.attempt), command);
      case 'cancel-job':
        return cancel(state, command);
      case 'restart-job':
        return restart(state, command);
      case 'route-job':
        return routeJob(state, command);
      case 'expire-job':
        return expireJob(state, command);
      case 'note-erased':
        return noteJobErased(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveJob,
  due: dueOfJob,
};

const ownAttempt = (state: KnownJob, attempt: number): KnownJob => {
  if (state.status === 'running' && state.attempt === attempt) return state;
  throw new CodedError(
    'job.superseded',
    `attempt ${attempt} of job ${state.request.job} is over: the job is ${state.status}, attempt ${state.attempt}`,
  );
};

const cancel = (state: KnownJob, { reason }: CancelJob): readonly JobEvent[] => {
  if (state.status === 'waiting' || state.status === 'running') return [JobCancelled.of({ reason })];
  if (state.status === 'cancelled') return [];
  throw new CodedError(
    'job.not-cancellable',
    `job ${state.request.job} is ${state.status}; only one that waits or runs can be cancelled`,
  );
};

const restart = (state: KnownJob, { reason, settings }: RestartJob): readonly JobEvent[] => {
  if (state.status !== 'running') return [JobRestarted.of({ reason, ...(settings && { settings }) })];
  throw new CodedError(
    'job.not-restartable',
    `job ${state.request.job} is running; it can be restarted once it is over or cancelled`,
  );
};
