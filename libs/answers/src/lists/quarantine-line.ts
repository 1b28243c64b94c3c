import type { Instant } from '@waystation/kernel';

/** An object that could not be understood. @typeParam When how an instant stands: as text once it is sent */
export interface QuarantineLine<When = Instant> {
  readonly objectKey: string;
  readonly association: string;
  readonly sopInstanceUid: string;
  readonly reason: string;
  readonly quarantinedAt: When;
  readonly position: number;
}
