import type { Ended } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { DeliveryState } from '../delivery/delivery-state.js';
import type { JobState } from '../job/job-state.js';
import type { StudyState } from '../study/study-state.js';

/** What followed from a series or a job, read from streams of their own. */
export interface Followed {
  readonly study: StudyState;
  /** By id. */
  readonly deliveries: ReadonlyMap<string, DeliveryState>;
  readonly jobs: ReadonlyMap<string, JobState>;
}

/** What has to be read before anything can be said. */
export interface UnreadFate {
  readonly what: 'unread';
  readonly deliveries: readonly string[];
  readonly jobs: readonly string[];
}

/** Something still comes, waits or is under way. */
export interface OpenFate {
  readonly what: 'open';
  /** Half a sentence: `objects still come`. */
  readonly because: string;
}

/** Everything that was decided is over. */
export interface EndedFate {
  readonly what: 'ended';
  readonly ended: Ended;
  readonly endedAt: Instant;
  /** The rules that had it sent, processed or discarded. */
  readonly rules: readonly string[];
}

/** What became of a series or of a job. */
export type Fate = UnreadFate | OpenFate | EndedFate;

/** Says that something is not over. */
export const open = (because: string): OpenFate => ({ what: 'open', because });
