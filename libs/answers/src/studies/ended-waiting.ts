/** What became of what waited for a rule once an operator ended it. */
export interface EndedWaiting {
  readonly rule: string;
  readonly outcome: 'completed' | 'discarded';
  /** Series, each counted once. */
  readonly series: number;
  /** Series of the study that still come, by UID. */
  readonly pending: readonly string[];
}
