import type {
  InstanceDerived,
  JobAbandoned,
  JobCancelled,
  JobErased,
  JobExpired,
  JobFailed,
  JobHeld,
  JobProgressed,
  JobReleased,
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
  | JobHeld
  | JobReleased
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
  | JobRouted
  | JobExpired
  | JobErased;
