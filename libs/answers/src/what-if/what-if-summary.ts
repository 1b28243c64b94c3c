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
}
