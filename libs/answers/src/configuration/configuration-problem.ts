/** What is wrong with a configuration: where, and why. */
export interface ConfigurationProblem {
  /** An `error` keeps it from being published; a `warning` is hardly what was meant. */
  readonly severity: 'error' | 'warning';
  /** By names: `rules.CT to archive.targets`; empty for the whole. */
  readonly path: string;
  readonly problem: string;
}
