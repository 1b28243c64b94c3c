import type { Instant } from '@waystation/kernel';

/** A segment that is read from its copy. */
export interface ArchivedSegment {
  readonly from: number;
  readonly to: number;
  /** Of the copy in the object store. */
  readonly key: string;
  /** Byte of the copy at which its directory begins. */
  readonly directoryAt: number;
  /** When its first event was recorded. */
  readonly recordedFrom: Instant;
}
