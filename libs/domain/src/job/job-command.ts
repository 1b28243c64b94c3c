import type {
  Facts,
  InstanceDerived,
  JobFile,
  JobFailed,
  JobProgressed,
  JobRestarted,
  JobStarted,
  JobSucceeded,
  JobTimedOut,
  OffPeakHours,
  RetryPolicy,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { ExpireJob, NoteErased } from '../retention/expiry-command.js';

/** Whoever holds the job's timer asks whether it may begin at this hour. */
export interface ReviewHours {
  readonly kind: 'review-hours';
  /** By the database's clock. */
  readonly now: Instant;
  /** As this version of the configuration says. */
  readonly offPeak: OffPeakHours;
  readonly configurationVersion: number;
}

/** Somebody wants a job done now, at whatever hour. */
export interface ReleaseJob {
  readonly kind: 'release-job';
  /** Why, in their own words. */
  readonly note: string;
}

/** Whoever holds the job's timer begins an attempt. */
export interface StartJob extends Omit<JobStarted['data'], 'attempt'> {
  readonly kind: 'start-job';
  /** Ends a job that makes every worker vanish. */
  readonly retry: RetryPolicy;
}

/** A module says how far it is. */
export interface RecordProgress extends JobProgressedData {
  readonly kind: 'record-progress';
}
type JobProgressedData = JobProgressed['data'];

/** A module is done; whatever it made is in the object store. */
export interface SucceedJob extends Omit<JobSucceeded['data'], 'outputs' | 'files'> {
  readonly kind: 'succeed-job';
  /** In any order; no SOP Instance UID twice. */
  readonly outputs: readonly Omit<InstanceDerived['data'], 'attempt'>[];
  readonly files: readonly JobFile[];
}

/** An attempt failed. */
export interface FailJob extends JobFailedData, NextAttempt {
  readonly kind: 'fail-job';
}
type JobFailedData = JobFailed['data'];

/** An attempt took longer than it may. */
export interface TimeOutJob extends JobTimedOutData, NextAttempt {
  readonly kind: 'time-out-job';
}
type JobTimedOutData = JobTimedOut['data'];

/** When there is another attempt. */
export interface NextAttempt {
  readonly retry: RetryPolicy;
  /** A random number in [0, 1): spreads the retries of many jobs. */
  readonly jitter: number;
}

/** Somebody does not want the job any more. */
export interface CancelJob {
  readonly kind: 'cancel-job';
  readonly reason: string;
}

/** Somebody wants the job done again, with other settings where it says so. */
export interface RestartJob extends JobRestartedData {
  readonly kind: 'restart-job';
}
type JobRestartedData = JobRestarted['data'];

/** What follows from a job that is over? */
export interface RouteJob {
  readonly kind: 'route-job';
  /** Names of the targets that there are. */
  readonly targets: readonly string[];
  /** What the module found in the attempt, opened; an attempt that came after it is not decided about. */
  readonly found?: { readonly attempt: number; readonly findings: Facts };
}

export type JobCommand =
  | ReviewHours
  | ReleaseJob
  | ExpireJob
  | NoteErased
  | StartJob
  | RecordProgress
  | SucceedJob
  | FailJob
  | TimeOutJob
  | CancelJob
  | RestartJob
  | RouteJob;
