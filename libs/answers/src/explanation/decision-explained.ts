import type { Rule, RuleVerdict, SeriesRouted } from '@waystation/events';
import type { Ground } from './ground.js';

/** What the rules said. */
export interface DecisionExplained extends Ground {
  readonly outcome: SeriesRouted['data']['outcome'];
  readonly because: string;
  readonly configuration: ConfigurationExplained;
  /** The object whose header the conditions saw. */
  readonly representative: string;
  readonly rules: readonly RuleExplained[];
}

/** The configuration that was in force. */
export interface ConfigurationExplained {
  readonly version: number;
  readonly sha256: string;
  /** Null for the empty one that an installation begins with. */
  readonly published: (Ground & { readonly author: string; readonly reason: string }) | null;
}

/** A rule as it was then, and what it said. */
export interface RuleExplained extends RuleVerdict, Pick<Rule, 'action' | 'targets' | 'fallback'> {
  /** What it saw was found by asking it again; what it said was written down. */
  readonly askedAgain?: true;
}
