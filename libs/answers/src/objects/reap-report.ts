/** What was removed of what no event names, or would have been. */
export interface ReapReport {
  readonly dryRun: boolean;
  readonly count: number;
  readonly bytes: number;
  /** Keys of what was named in the very moment in which it was removed, and is back. */
  readonly back: readonly string[];
}

/** Objects that were looked at, and what was found until then. */
export interface ReapProgress {
  readonly looked: number;
  readonly count: number;
  readonly bytes: number;
}
