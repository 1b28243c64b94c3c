import type {
  InstanceDerived,
  JobHeld,
  JobProgressed,
  JobRequested,
  JobRouted,
  JobStarted,
  JobSucceeded,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { PersistentMap } from '../persistent-map.js';
import type { Expiry } from '../retention/expiry.js';

export interface UnknownJob {
  readonly status: 'unknown';
}

/** An object that a module made. */
export type DerivedInstance = InstanceDerived['data'];

export interface KnownJob {
  /** `waiting`: for its first attempt, for another one after a failure, since somebody restarted it, or for its hours. */
  readonly status: 'waiting' | 'running' | 'succeeded' | 'abandoned' | 'cancelled';
  readonly request: JobRequested['data'];
  /** The hours that it waits for; only while it is held for them. */
  readonly hold?: JobHeld['data'] | undefined;
  /** An operator wants it done at whatever hour. */
  readonly releasedByOperator?: true;
  /** Those of the step, with what restarts said on top; those of the module come below. */
  readonly settings: JobRequested['data']['settings'];
  /** Attempts so far, over all rounds. */
  readonly attempt: number;
  /** Attempts since the request or since somebody restarted it, without those that Waystation itself broke off. */
  readonly attemptsInRound: number;
  /** How the last attempt was begun. */
  readonly started: JobStarted['data'] | undefined;
  /** How far the last attempt says it is. */
  readonly progress: Omit<JobProgressed['data'], 'attempt'> | undefined;
  /** Why the last attempt that failed did. */
  readonly lastFailure: { readonly code: string; readonly reason: string } | undefined;
  /** What every attempt that succeeded made, by attempt and SOP Instance UID. */
  readonly derived: PersistentMap<DerivedInstance>;
  /** How the attempts that succeeded ended: more than one where it was restarted afterwards. */
  readonly successes: readonly JobSucceeded['data'][];
  /** What was decided to follow. */
  readonly routed: readonly JobRouted['data'][];
  /** The next attempt is due `delayMs` after this. Kept during the attempt, so that its timer stays claimed. */
  readonly waitingSince: Instant;
  readonly delayMs: number;
  /** When it succeeded, was given up or cancelled; undefined while it goes on. */
  readonly endedAt?: Instant | undefined;
  /** The last attempt of which all was let go, and by which event; nobody may ask for it any more. */
  readonly expiry?: JobExpiry | undefined;
  /** Position of the event that made it wait: the cause of the next attempt. */
  readonly waitingPosition: number;
  /** Position of the last attempt's beginning: the cause of its outcome. */
  readonly attemptPosition: number | undefined;
}

/** What of a job was let go. */
export interface JobExpiry extends Expiry {
  /** Attempts up to this one. */
  readonly attempt: number;
  readonly prefixes: readonly string[];
}

export type JobState = UnknownJob | KnownJob;

export const unknownJob: JobState = { status: 'unknown' };

/** What an attempt made, in the order of SOP Instance UIDs. */
export const derivedBy = (state: KnownJob, attempt: number): readonly DerivedInstance[] =>
  [...state.derived.values()]
    .filter((instance) => instance.attempt === attempt)
    .sort((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
