import type {
  InstanceDerived,
  JobAbandoned,
  JobCancelled,
  JobFailed,
  JobProgressed,
  JobRequested,
  JobRestarted,
  JobRetryScheduled,
  JobRouted,
  JobStarted,
  JobSucceeded,
  JobTimedOut,
} from '@waystation/events';

/** Everything that is written to `job/<id>`. */
export type JobEvent =
  | JobRequested
  | JobStarted
  | JobProgressed
  | InstanceDerived
  | JobSucceeded
  | JobFailed
  | JobTimedOut
  | JobRetryScheduled
  | JobAbandoned
  | JobCancelled
  | JobRestarted
  | JobRouted;
