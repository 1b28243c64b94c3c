import type { ConfigurationProblem } from './configuration-problem.js';
import type { DocumentChange } from './document-change.js';

/** A configuration that was looked at and not published: `POST /api/configuration/check`. */
export interface CheckedConfiguration {
  /** Whether it could be published. */
  readonly ok: boolean;
  readonly problems: readonly ConfigurationProblem[];
  /** Where it differs from the one in force; null where it is no configuration at all. */
  readonly changes: readonly DocumentChange[] | null;
}
