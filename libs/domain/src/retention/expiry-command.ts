import type { ConfigurationDocument } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { Followed } from './fate.js';

/** A configuration as the log knows it, as far as it says how long objects are kept. */
export interface RetentionConfiguration {
  readonly version: number;
  readonly sha256: string;
  readonly document: Pick<ConfigurationDocument, 'retention'>;
}

/** The timer went off: are the objects of the series kept any longer? */
export interface ExpireObjects {
  readonly kind: 'expire-objects';
  /** The database's clock. */
  readonly now: Instant;
  readonly configuration: RetentionConfiguration;
  readonly followed: Followed;
}

/** The same of what a job made. */
export interface ExpireJob extends Omit<ExpireObjects, 'kind'> {
  readonly kind: 'expire-job';
  /** Title of ours that the input came to, where it came by a series. */
  readonly calledAeTitle: string | undefined;
  /** Whether somebody wants the objects of a series kept that the job was about. */
  readonly isHeld: boolean;
}

/** The bytes that an expiry let go are gone. */
export interface NoteErased {
  readonly kind: 'note-erased';
  /** Position of that event. */
  readonly expired: number;
  readonly erased: number;
  readonly kept: number;
}

/** Somebody wants the objects of a series kept, whatever the configuration says. */
export interface HoldObjects {
  readonly kind: 'hold-objects';
  readonly author: string;
  readonly reason: string;
}

/** Nobody does any more. */
export interface ReleaseObjects {
  readonly kind: 'release-objects';
  readonly author: string;
  readonly reason: string;
}
