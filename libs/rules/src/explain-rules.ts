import type { Rule, RuleVerdict } from '@waystation/events';
import { decisionOf } from './decision-of.js';
import { Asking } from './decision/asking.js';
import { Display } from './evaluation/display.js';
import { explainCondition } from './evaluation/evaluate-condition.js';
import { followRules } from './follow-rules.js';
import type { ReadRule } from './read-rules.js';
import type { RulesEvaluation } from './rules-decision.js';
import type { RuleSubject } from './rule-subject.js';

const unasked = ({ name, condition }: Rule, verdict: RuleVerdict['verdict'], because: string): RuleVerdict => ({
  rule: name,
  verdict,
  condition,
  because,
  observations: [],
});

const reasonOf = (
  rule: Rule,
  verdict: 'disabled' | 'not-asked' | 'fallback-not-needed',
  calledAeTitle: string | undefined,
  matched: string,
): string => {
  if (verdict === 'disabled') return 'the rule is disabled';
  if (verdict === 'fallback-not-needed') return `the rule is a fallback and ${matched} matched`;
  return `the called AE title was ${calledAeTitle ?? 'unknown'}, the rule is for ${rule.calledAeTitles.join(', ')}`;
};

/** Asks all rules and tells what each of them said. */
export const explainRules = (
  read: readonly ReadRule[],
  subject: RuleSubject,
  steps: number,
  holds: (asking: Asking, rule: string) => boolean,
): RulesEvaluation => {
  const { world } = new Asking(subject, holds);
  const display = new Display(subject.identityKeywords ?? new Set());
  const byRule = new Map(read.map((one): [Rule, ReadRule] => [one.rule, one]));
  const verdicts = new Map<Rule, RuleVerdict>();
  const ask = (rule: Rule): RuleVerdict => {
    const one = byRule.get(rule);
    if (!one?.expression) return unasked(rule, 'failed', one?.problem ?? '');
    const { matched, failed, because, observations } = explainCondition(one.expression, world, steps, display);
    const verdict = failed !== undefined ? 'failed' : matched ? 'matched' : 'not-matched';
    return { ...unasked(rule, verdict, because), observations: [...observations] };
  };
  const { matched, notAsked } = followRules(
    read.map(({ rule }) => rule),
    subject.calledAeTitle,
    (rule) => {
      const verdict = ask(rule);
      verdicts.set(rule, verdict);
      return verdict.verdict === 'matched';
    },
  );
  const verdictOf = ({ rule }: ReadRule): RuleVerdict => {
    const word = notAsked.get(rule) ?? 'disabled';
    const because = reasonOf(rule, word, subject.calledAeTitle, matched[0]?.name ?? '');
    return verdicts.get(rule) ?? unasked(rule, word, because);
  };
  return { ...decisionOf(matched), verdicts: read.map(verdictOf) };
};
