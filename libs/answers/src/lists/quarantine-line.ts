import type { Instant } from '@waystation/kernel';

/** An object that could not be understood. @typeParam When how an instant stands: as text once it is sent */
export interface QuarantineLine<When = Instant> {
  readonly objectKey: string;
  /** SHA-256 of its data set. */
  readonly sha256: string;
  readonly association: string;
  readonly sopInstanceUid: string;
  readonly reason: string;
  readonly quarantinedAt: When;
  /** Of the event that it was kept aside by: it is taken in again by this. */
  readonly position: number;
  /** `kept-aside`, `reinjecting`, `reinjected` or `refused-again`. */
  readonly status: string;
  /** The series that it was taken into; null where it was not. */
  readonly seriesInstanceUid: string | null;
  /** Why it was refused again; null where it was not. */
  readonly refusal: string | null;
}
