import type { ConfigurationDocument, Facts, HeaderWarning, Identity, Source, StoredObject } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { ExpireObjects, HoldObjects, NoteErased, ReleaseObjects } from '../retention/expiry-command.js';
import type { QuietPeriod } from './quiet-period.js';
import type { OpenedIdentity } from './series-subject.js';

/** What identifies the patient of an object, sealed for each place where it may be written. */
export interface SealedForSeries {
  readonly seriesOpened: Identity;
  readonly instanceStored: Identity;
}

/** An object is durable, in the object store or in a spool: make it part of its series. */
export interface StoreInstance {
  readonly kind: 'store-instance';
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly source: Source;
  /** Its whole routing header, without what identifies the patient. */
  readonly header: Facts;
  readonly identity: SealedForSeries;
  /** What its data set does against the standard; none if not given. */
  readonly warnings?: readonly HeaderWarning[];
  readonly instance: {
    readonly sopInstanceUid: string;
    readonly sopClassUid: string;
    readonly transferSyntaxUid: string;
    readonly object: StoredObject;
  };
  /**
   * By the database's clock: before anybody looked whether its bytes are in the object store already. What was erased there
   * since is not kept. Not given where nothing could be found.
   */
  readonly keptSince?: Instant;
  /** Used where this object opens the series, or a new round of arrivals. */
  readonly quietPeriodMs: number;
  /** How many objects the series has by what this one says; undefined where nobody asks. */
  readonly expectedCount?: number | undefined;
}

/** Objects of a spool are in the object store. Some of them may be known to be there already. */
export interface MoveObjects {
  readonly kind: 'move-objects';
  readonly objects: readonly {
    readonly sopInstanceUid: string;
    readonly sha256: string;
    /** Where it is now. */
    readonly key: string;
  }[];
}

/** The timer of the series went off: is it complete? */
export interface CompleteSeries {
  readonly kind: 'complete-series';
  /** The database's clock. */
  readonly now: Instant;
  /** The one that holds; that of the opening where nothing is said. */
  readonly quietPeriod?: QuietPeriod;
}

/** An association was released, or lost, that may have brought objects of the series. */
export interface NoteRelease {
  readonly kind: 'note-release';
  readonly association: string;
  /** How long nothing must come over another association. */
  readonly afterReleaseMs: number;
  /** Its receiver is gone. */
  readonly lost?: true;
}

/** Somebody says that the series is complete. */
export interface CompleteNow {
  readonly kind: 'complete-now';
  readonly reason: string;
}

/** Somebody wants all of the series decided again. */
export interface ReopenSeries {
  readonly kind: 'reopen-series';
  readonly reason: string;
}

/** Ask the rules where a revision goes. */
export interface RouteSeries extends OpenedIdentity {
  readonly kind: 'route-series';
  readonly revision: number;
  readonly configuration: {
    readonly version: number;
    readonly sha256: string;
    readonly document: ConfigurationDocument;
  };
}

export type SeriesCommand =
  | ExpireObjects
  | NoteErased
  | HoldObjects
  | ReleaseObjects
  | StoreInstance
  | MoveObjects
  | CompleteSeries
  | NoteRelease
  | CompleteNow
  | ReopenSeries
  | RouteSeries;
