import type { ConfigurationDocument, RuleVerdict } from '@waystation/events';
import { rangeOf } from './series-range.js';
import type { KnownSeries } from './series-state.js';
import { rulesOf, subjectOf } from './series-subject.js';

/**
 * What the rules say by rule when they are asked again about a revision, all that they see included; without who the patient
 * is.
 * @param series as it was when the revision was decided
 */
export const verdictsAgain = (
  series: KnownSeries,
  revision: number,
  { rules }: Pick<ConfigurationDocument, 'rules'>,
): ReadonlyMap<string, RuleVerdict> => {
  const subject = subjectOf(series, rangeOf(series, revision).throughSequence, { identity: {} });
  const verdicts = subject === undefined ? [] : rulesOf(rules).explain(subject).verdicts;
  return new Map(verdicts.map((verdict) => [verdict.rule, verdict]));
};
