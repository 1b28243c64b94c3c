/** Something in the log that cannot be there unless somebody changed it. */
export interface VerifyProblem {
  /** Where it begins. */
  readonly position: number;
  readonly code: string;
  readonly message: string;
}

/** What a verification found. */
export interface VerifyReport {
  readonly ok: boolean;
  /** Events that were looked at. */
  readonly events: number;
  /** Seals whose whole range was looked at. */
  readonly seals: number;
  /** Last position of the log. */
  readonly head: number;
  /** First position that no seal covers: behind it a change that is done well cannot be told. */
  readonly unsealedFrom: number;
  /** The first twenty. */
  readonly problems: readonly VerifyProblem[];
}
