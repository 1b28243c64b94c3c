import type { ConfigurationExplained, DecisionExplained, RuleExplained } from '@waystation/answers';
import type { ConfigurationPublished, RecordedEvent, SeriesRouted } from '@waystation/events';
import { groundOf } from './ground-of.js';

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(' and ');

/**
 * What the rules said about a revision, with the rules as they were then.
 * @param published the configuration that the decision names; undefined for the empty one at the beginning
 */
export const explainDecision = (
  routed: RecordedEvent<SeriesRouted>,
  published: RecordedEvent<ConfigurationPublished> | undefined,
): DecisionExplained => {
  const { outcome, configuration, representative, verdicts, reason } = routed.data;
  const rules = verdicts.map((verdict): RuleExplained => {
    const rule = published?.data.document.rules.find(({ name }) => name === verdict.rule);
    return {
      ...verdict,
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
