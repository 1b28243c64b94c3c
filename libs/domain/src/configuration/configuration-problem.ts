/** What is wrong with a configuration: where, and why. */
export interface ConfigurationProblem {
  /** An `error` keeps it from being published; a `warning` is hardly what was meant. */
  readonly severity: 'error' | 'warning';
  /** Path in the document, by names: `rules.CT to archive.targets`. */
  readonly path: string;
  /** A sentence; about a condition also its line and a caret below the place. */
  readonly problem: string;
}

/** Something that would fail later. */
export const errorAt = (path: string, problem: string): ConfigurationProblem => ({ severity: 'error', path, problem });

/** Something that works, though hardly as it was meant. */
export const warningAt = (path: string, problem: string): ConfigurationProblem => ({
  severity: 'warning',
  path,
  problem,
});
