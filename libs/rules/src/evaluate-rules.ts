import { nameOfTarget, type Facts, type Rule, type RuleVerdict } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { parseCondition } from './condition.js';
import { evaluateCondition, type EvaluationOptions } from './evaluation/evaluate-condition.js';

/** Where the rules send a series, and what every rule said. */
export interface RulesEvaluation {
  /** One verdict per rule, in the order of the rules. */
  readonly verdicts: readonly RuleVerdict[];
  readonly outcome: 'routed' | 'discarded' | 'unmatched';
  /** The first rule that discards. */
  readonly discardedBy?: string;
  /** Every target once, in the order of first mention, with the rules that name it; none where discarded. */
  readonly targets: readonly { readonly target: string; readonly rules: readonly string[] }[];
}

const unasked = (rule: Rule, verdict: RuleVerdict['verdict'], because: string): RuleVerdict => ({
  rule: rule.name,
  verdict,
  condition: rule.condition,
  because,
  observations: [],
});

const ask = (rule: Rule, facts: Facts, options: EvaluationOptions): RuleVerdict => {
  let condition;
  try {
    condition = parseCondition(rule.condition);
  } catch (thrown) {
    return unasked(rule, 'failed', `the condition cannot be read: ${messageOf(thrown).split('\n', 1).join('')}`);
  }
  const { matched, failed, because, observations } = evaluateCondition(condition, facts, options);
  const verdict = failed !== undefined ? 'failed' : matched ? 'matched' : 'not-matched';
  return { rule: rule.name, verdict, condition: rule.condition, because, observations: [...observations] };
};

const collectTargets = (rules: readonly Rule[]): RulesEvaluation['targets'] => {
  const byTarget = new Map<string, Set<string>>();
  for (const rule of rules)
    for (const target of rule.targets.map(nameOfTarget))
      byTarget.set(target, (byTarget.get(target) ?? new Set()).add(rule.name));
  return [...byTarget].map(([target, names]) => ({ target, rules: [...names] }));
};

/**
 * Asks all rules about a header. Every rule that is enabled and no fallback is asked; fallback rules only where none
 * of those matched. All rules that matched apply, except that one that discards outweighs every other. Never throws:
 * a rule that cannot be read or evaluated has the verdict `failed`, does not apply, and stops no other rule.
 */
export const evaluateRules = (
  rules: readonly Rule[],
  facts: Facts,
  options: EvaluationOptions = {},
): RulesEvaluation => {
  const verdicts = new Map<Rule, RuleVerdict>();
  const matching = (asked: readonly Rule[]): readonly Rule[] => {
    for (const rule of asked) verdicts.set(rule, ask(rule, facts, options));
    return asked.filter((rule) => verdicts.get(rule)?.verdict === 'matched');
  };
  const enabled = rules.filter((rule) => !rule.disabled);
  const ordinary = matching(enabled.filter((rule) => !rule.fallback));
  const [first] = ordinary;
  const matched = first ? ordinary : matching(enabled.filter((rule) => rule.fallback));
  const needless = `the rule is a fallback and ${first?.name ?? ''} matched`;
  const verdictOf = (rule: Rule): RuleVerdict =>
    rule.disabled
      ? unasked(rule, 'disabled', 'the rule is disabled')
      : (verdicts.get(rule) ?? unasked(rule, 'fallback-not-needed', needless));
  const discarding = matched.find((rule) => rule.action === 'discard');
  return {
    verdicts: rules.map(verdictOf),
    outcome: discarding ? 'discarded' : matched.length > 0 ? 'routed' : 'unmatched',
    ...(discarding ? { discardedBy: discarding.name } : {}),
    targets: discarding ? [] : collectTargets(matched),
  };
};
