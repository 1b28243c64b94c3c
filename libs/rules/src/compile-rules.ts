import type { Facts, Rule } from '@waystation/events';
import { Decider } from './decision/decider.js';
import { defaultSteps } from './evaluation/default-steps.js';
import type { EvaluationOptions } from './evaluation/evaluate-condition.js';
import { explainRules } from './explain-rules.js';
import { holdsAmong } from './holds.js';
import { instanceFilter } from './instance-filter.js';
import { readRules } from './read-rules.js';
import type { RulesDecision, RulesEvaluation } from './rules-decision.js';
import type { RuleSubject } from './rule-subject.js';

export type CompileOptions = Pick<EvaluationOptions, 'steps'>;

/** Rules that are ready to be asked. */
export interface CompiledRules {
  /** The decision alone, fast. Never throws. Equal decisions are mostly one object: nobody may change it. */
  decide(subject: RuleSubject): RulesDecision;
  /** The same decision, with what every rule saw and why it matched or not. Never throws. */
  explain(subject: RuleSubject): RulesEvaluation;
  /** Whether an instance meets one of these conditions, see {@link TargetDecision.instances}. Never throws. */
  instanceFilter(conditions: readonly string[]): (facts: Facts) => boolean;
}

/**
 * Reads rules once, to ask them often. Never throws: a rule that cannot be read has the verdict `failed`, does not
 * apply, and stops no other rule. What is decided often is remembered: keep what is compiled as long as the rules hold.
 */
export const compileRules = (rules: readonly Rule[], options: CompileOptions = {}): CompiledRules => {
  const { steps = defaultSteps } = options;
  const read = readRules(rules);
  const holds = holdsAmong(read, steps);
  const decider = new Decider(read, steps, holds);
  return {
    decide: (subject) => decider.decide(subject),
    explain: (subject) => explainRules(read, subject, steps, holds),
    instanceFilter: (conditions) => instanceFilter(conditions, steps),
  };
};
