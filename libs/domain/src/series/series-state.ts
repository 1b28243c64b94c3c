import type {
  FactChanges,
  Facts,
  HeaderWarning,
  Identity,
  SeriesRouted,
  Source,
  StoredObject,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';

/** One object of a series as the log knows it. */
export interface SeriesInstance {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly object: StoredObject;
  /** Sequence of its `instance.stored` in the stream of the series. */
  readonly sequence: number;
  readonly headerChanges: FactChanges;
  readonly identity?: Identity;
  readonly warnings?: readonly HeaderWarning[];
}

/** One time at which the series counted as complete. */
export interface Completion {
  readonly revision: number;
  /** Sequence of `series.completed`: it covers every instance stored before. */
  readonly sequence: number;
  readonly instances: number;
  readonly digest: string;
}

/** What the rules said about one revision. */
export type Decision = Pick<SeriesRouted['data'], 'revision' | 'outcome' | 'configuration' | 'deliveries'>;

/** A series that no object arrived for yet. */
export interface UnknownSeries {
  readonly status: 'unknown';
}

export interface KnownSeries {
  readonly status: 'receiving' | 'complete';
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** Where the first object came from; the sender of each object is part of its header. */
  readonly source: Source;
  /** What the first object said of itself, and who sent it. */
  readonly header: Facts;
  readonly identity: Identity;
  readonly quietPeriodMs: number;
  readonly instances: PersistentMap<SeriesInstance>;
  /** Objects that came under a known UID with other bytes, by SHA-256. */
  readonly conflicts: PersistentMap<{ readonly sopInstanceUid: string; readonly object: StoredObject }>;
  readonly duplicates: number;
  /** How many of its objects, conflicting ones included, are not in the object store yet: their `object` names a spool. */
  readonly spooled: number;
  readonly openedAt: Instant;
  /** What the timer counts from: when the round of arrivals began, or the last arrival before the spool was empty again. */
  readonly receivingSince: Instant;
  readonly lastReceivedAt: Instant;
  /** Position of that last arrival: the cause of the completion. */
  readonly lastArrivalPosition: number;
  readonly completions: readonly Completion[];
  readonly decisions: readonly Decision[];
}

export type SeriesState = UnknownSeries | KnownSeries;

export const unknownSeries: SeriesState = { status: 'unknown' };
