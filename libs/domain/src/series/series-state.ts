import type {
  FactChanges,
  Facts,
  HeaderWarning,
  Identity,
  ObjectsExpired,
  ObjectsHeld,
  SeriesRouted,
  Source,
  StoredObject,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import type { Expiry } from '../retention/expiry.js';

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
  /** Position of the event that let its bytes go; nobody may ask for them any more. */
  readonly expiredBy?: number;
}

/** One time at which the series counted as complete. */
export interface Completion {
  readonly revision: number;
  /** Sequence of `series.completed`: it covers every instance stored before. */
  readonly sequence: number;
  readonly instances: number;
  readonly digest: string;
  /** Present where it is about all of the series, not only about what was new. */
  readonly whole?: true;
}

/** What the rules said about one revision. */
export type Decision = Pick<
  SeriesRouted['data'],
  'revision' | 'outcome' | 'configuration' | 'deliveries' | 'jobs' | 'studyRules'
>;

/** An object that came under a known UID with other bytes. */
export interface SeriesConflict {
  readonly sopInstanceUid: string;
  readonly object: StoredObject;
  readonly expiredBy?: number;
}

/** What of a series was let go. */
export interface SeriesExpiry extends Expiry {
  readonly objects: ObjectsExpired['data']['objects'];
}

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
  /** How long nothing must arrive until it is time to ask whether the series is complete. */
  readonly quietPeriodMs: number;
  /** How many objects the series has, the highest number that one of them said; undefined where nobody asked. */
  readonly expectedCount?: number | undefined;
  /** When so many were there in this round of arrivals. */
  readonly expectedSince?: Instant | undefined;
  /** Associations that brought objects in this round, and whether each was released. */
  readonly associations: PersistentMap<'open' | 'released'>;
  /** How many of them were not. */
  readonly unreleased: number;
  /** The last release that was noted in this round, and how long nothing must come after it. */
  readonly release?: { readonly at: Instant; readonly afterMs: number; readonly position: number } | undefined;
  /** Position of the event that reopened it since it was complete. */
  readonly reopenedBy?: number | undefined;
  readonly instances: PersistentMap<SeriesInstance>;
  /** Objects that came under a known UID with other bytes, by SHA-256. */
  readonly conflicts: PersistentMap<SeriesConflict>;
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
  /** The rule that discarded the last revision that was discarded. */
  readonly discardedBy?: string | undefined;
  /** When it was last decided, or somebody let go of it: how long it is kept is looked at from then on. */
  readonly settledAt?: Instant | undefined;
  /** Somebody wants its objects kept, whatever the configuration says. */
  readonly hold?: ObjectsHeld['data'] | undefined;
  /** Somebody did, and does not any more. */
  readonly wasHeld?: true;
  /** When objects were let go, in that order. */
  readonly expiries: readonly SeriesExpiry[];
}

export type SeriesState = UnknownSeries | KnownSeries;

export const unknownSeries: SeriesState = { status: 'unknown' };
