import type { Rule, RuleVerdict } from '@waystation/events';

/** Where a series goes, and on whose word. */
export interface TargetDecision {
  readonly target: string;
  /** Rules that name it, in the order of the rules. */
  readonly rules: readonly string[];
  /**
   * Conditions of which an instance has to meet one to go there, see {@link CompiledRules.instanceFilter}. Absent where
   * a rule sends all of them.
   */
  readonly instances?: readonly string[];
  /** That of its most urgent rule. */
  readonly priority: Rule['priority'];
}

/** What the rules decided about a series. */
export interface RulesDecision {
  /** `routed` where any rule matched, even one that only notifies or that waits for the study. */
  readonly outcome: 'routed' | 'discarded' | 'unmatched';
  /** The first rule that discards. */
  readonly discardedBy?: string;
  /** Every rule that matched, in the order of the rules. */
  readonly matched: readonly string[];
  /** Where rules of the trigger `series` send it: every target once, in the order of first mention. */
  readonly targets: readonly TargetDecision[];
  /** Rules of the trigger `study` that matched. */
  readonly studyRules: readonly string[];
  /** Rules that matched and tell somebody; of a discarded series, those that discard. */
  readonly notifications: readonly string[];
}

/** A decision, and what every rule said. */
export interface RulesEvaluation extends RulesDecision {
  /** One verdict per rule, in the order of the rules. */
  readonly verdicts: readonly RuleVerdict[];
}
