import type { Instant } from '@waystation/kernel';

/** A line of `waystation refusals`. @typeParam When how an instant stands: as text once it is sent */
export interface RefusalLine<When = Instant> {
  /** `association`, `operation` or `object`. */
  readonly what: string;
  readonly association: string;
  /** As the peer calls itself; empty where it did not get so far. */
  readonly callingAeTitle: string;
  readonly address: string;
  /** The called AE title, the operation, or the SOP Instance UID. */
  readonly subject: string;
  readonly reason: string;
  readonly refusedAt: When;
  readonly position: number;
}
