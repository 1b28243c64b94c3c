import type { ConfigurationDocument, Facts, HeaderWarning, Identity, Source, StoredObject } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

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
  /** Used where this object opens the series. */
  readonly quietPeriodMs: number;
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
}

/** Ask the rules where a revision goes. */
export interface RouteSeries {
  readonly kind: 'route-series';
  readonly revision: number;
  /** What identifies the patient of the representative, opened; empty where it is forgotten. */
  readonly identity: Facts;
  readonly configuration: {
    readonly version: number;
    readonly sha256: string;
    readonly document: ConfigurationDocument;
  };
}

export type SeriesCommand = StoreInstance | MoveObjects | CompleteSeries | RouteSeries;
