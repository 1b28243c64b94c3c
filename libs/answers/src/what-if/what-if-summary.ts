/** How many decisions of the past would differ, and by what. */
export interface WhatIfSummary {
  /** Positions that were looked through. */
  readonly from: number;
  readonly to: number;
  readonly decisions: number;
  readonly same: number;
  readonly different: number;
  /** Decisions that cannot be made again, because the log does not know any more, or never knew, what the rules ask. */
  readonly unknown: {
    /** Of patients who are forgotten. */
    readonly forgotten: number;
    /** Made when nobody read from objects what these rules ask, with the names of that. */
    readonly notRead: number;
    readonly names: readonly string[];
  };
  /** `routed → discarded` and the like. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many decisions would send to a target that do not, and the other way round. */
  readonly targets: Readonly<Record<string, { readonly more: number; readonly fewer: number }>>;
  /** How many of the differences a rule has part in. */
  readonly rules: Readonly<Record<string, number>>;
  /**
   * What was decided to follow from jobs of rules. A job that would not have been requested follows from a decision that differs,
   * and is not among them.
   */
  readonly jobs: {
    readonly decisions: number;
    readonly same: number;
    readonly different: number;
    readonly unknown: {
      /** Of patients who are forgotten. */
      readonly forgotten: number;
      /** Whose series cannot be decided about again. */
      readonly undecided: number;
      /** Another module, or the same with other settings, would have run: what it finds is not known. */
      readonly runs: Readonly<Record<string, number>>;
    };
    readonly outcomes: Readonly<Record<string, number>>;
    readonly targets: Readonly<Record<string, { readonly more: number; readonly fewer: number }>>;
  };
}
