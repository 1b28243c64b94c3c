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
  /** Last position that a valid signature vouches for; 0 where there is none. */
  readonly signedThrough: number;
  /** Last position that was read from copies in the object store; 0 where the database holds the whole log. */
  readonly archivedThrough: number;
  /** The first twenty by position: the first one is the first that is bad. */
  readonly problems: readonly VerifyProblem[];
}
