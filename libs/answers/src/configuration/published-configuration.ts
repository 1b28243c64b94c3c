import type { ConfigurationInForce } from './configuration-in-force.js';
import type { ConfigurationProblem } from './configuration-problem.js';

/** What every change to the configuration is answered with: what is in force now. */
export interface PublishedConfiguration extends ConfigurationInForce {
  readonly warnings: readonly ConfigurationProblem[];
}
