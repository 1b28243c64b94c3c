import type { ConfigurationExplained, DecisionExplained, RuleExplained } from '@waystation/answers';
import { verdictsAgain, type KnownSeries } from '@waystation/domain';
import {
  ConfigurationDocument,
  type ConfigurationPublished,
  type RecordedEvent,
  type RecordedVerdict,
  type Rule,
  type RuleVerdict,
  type SeriesRouted,
} from '@waystation/events';
import { groundOf } from './ground-of.js';

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(' and ');

/**
 * What the rules said about a revision, with the rules as they were then.
 * @param published the configuration that the decision names; undefined for the empty one at the beginning
 * @param series as it was when it was decided
 */
export const explainDecision = (
  routed: RecordedEvent<SeriesRouted>,
  published: RecordedEvent<ConfigurationPublished> | undefined,
  series: KnownSeries,
): DecisionExplained => {
  const { outcome, configuration, representative, verdicts, reason, revision } = routed.data;
  // What an older Waystation published lacks what was added since.
  const document = published && ConfigurationDocument.parse(published.data.document);
  const isBrief = verdicts.some(({ verdict, observations }) => verdict === 'not-matched' && observations === undefined);
  const again = isBrief && document !== undefined ? verdictsAgain(series, revision, document) : undefined;
  const rules = verdicts.map((verdict): RuleExplained => {
    const rule = document?.rules.find(({ name }) => name === verdict.rule);
    return {
      ...inFull(verdict, rule, again?.get(verdict.rule)),
      action: rule?.action ?? 'route',
      targets: rule?.targets ?? [],
      fallback: rule?.fallback ?? false,
    };
  });
  return {
    ...groundOf(routed),
    outcome,
    because: reason ?? whyOutcome(outcome, rules),
    configuration: { ...configuration, published: published === undefined ? null : publicationOf(published) },
    representative,
    rules,
  };
};

/** What was written down, with what the rule saw: written down, or found by asking it again where it says the same. */
const inFull = (
  { condition, observations, ...verdict }: RecordedVerdict,
  rule: Rule | undefined,
  again: RuleVerdict | undefined,
): RuleVerdict & Pick<RuleExplained, 'askedAgain'> => {
  const isSame = observations === undefined && verdict.verdict === again?.verdict && verdict.because === again.because;
  return {
    ...verdict,
    condition: condition ?? rule?.condition ?? '',
    observations: observations ?? (isSame ? again.observations : []),
    ...(isSame && verdict.verdict === 'not-matched' ? { askedAgain: true } : {}),
  };
};

const publicationOf = (event: RecordedEvent<ConfigurationPublished>): ConfigurationExplained['published'] => ({
  ...groundOf(event),
  author: event.data.author,
  reason: event.data.reason,
});

const whyOutcome = (outcome: DecisionExplained['outcome'], rules: readonly RuleExplained[]): string => {
  const matched = rules.filter(({ verdict }) => verdict === 'matched');
  if (outcome === 'unmatched')
    return rules.length === 0 ? 'there were no rules' : `none of the ${rules.length} rules matched`;
  if (outcome === 'discarded') {
    const discarding = matched.find(({ action }) => action === 'discard');
    return `rule '${discarding?.rule ?? '?'}' matched, which discards, and outweighs every other`;
  }
  return `${quoted(matched.map(({ rule }) => rule))} matched`;
};
