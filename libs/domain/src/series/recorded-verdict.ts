import type { RecordedVerdict, Rule, RuleVerdict } from '@waystation/events';
import { askedNames, type AskedNames } from '@waystation/rules';

/**
 * A verdict as it is written down: in full where the rule matched or failed. Of one that did not match, what decided; all else
 * that it saw follows from the objects and the configuration, and is found again by asking it again. Where it looked at who
 * the patient is that stays too: the patient may be forgotten by then.
 */
export const recordedVerdict = (
  verdict: RuleVerdict,
  rules: readonly Rule[],
  identityKeywords: ReadonlySet<string>,
): RecordedVerdict => {
  const { rule: name, verdict: word, because } = verdict;
  if (word === 'matched' || word === 'failed') return verdict;
  const rule = rules.find((one) => one.name === name);
  const isFoundAgain = rule !== undefined && !looksAt(rule, identityKeywords);
  return word === 'not-matched' && !isFoundAgain ? verdict : { rule: name, verdict: word, because };
};

const looksAt = (rule: Rule, identityKeywords: ReadonlySet<string>): boolean => {
  const { names, others } = namesOf(rule);
  if (others) return true;
  const asked = new Set(names.map((name) => name.toLowerCase()));
  return [...identityKeywords].some((keyword) => asked.has(keyword.toLowerCase()));
};

const known = new WeakMap<Rule, AskedNames>();

const namesOf = (rule: Rule): AskedNames => {
  const names = known.get(rule) ?? askedNames([rule]);
  known.set(rule, names);
  return names;
};
