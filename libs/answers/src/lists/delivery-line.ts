import type { Instant } from '@waystation/kernel';

/** One line about a delivery. @typeParam When how an instant stands: as text once it is sent */
export interface DeliveryLine<When = Instant> {
  readonly delivery: string;
  readonly seriesInstanceUid: string;
  readonly target: string;
  readonly status: string;
  /** `normal`, `urgent` or `off-peak`. */
  readonly priority: string;
  /** Why it is held: `off-peak`, `after` or `operator`; null where it is not. */
  readonly hold: string | null;
  /** When the hours begin that it is held for; null where it is held for something else. */
  readonly heldUntil: When | null;
  /** The delivery that it is held for, or what the operator who holds it said. */
  readonly heldFor: string | null;
  readonly revision: number;
  readonly attempts: number;
  readonly instances: number;
  readonly delivered: number;
  /** Why the last attempt failed; null where none did. */
  readonly lastFailure: string | null;
  readonly position: number;
}
