import type { CompletionGround, ConfigurationDocument } from '@waystation/events';
import { calledEntityOf } from './called-entity.js';
import { completionFor } from './completion-for.js';
import { rulesOf, subjectOf, type OpenedIdentity } from './series-subject.js';
import type { KnownSeries } from './series-state.js';

/** How long nothing must arrive, and who says so; the document for all series where nobody is named. */
export interface QuietPeriod extends Pick<CompletionGround, 'rules' | 'applicationEntity'> {
  readonly ms: number;
}

/** Whether the rules have to be asked how long a series must be quiet. */
export const rulesSayQuietPeriod = ({ rules }: ConfigurationDocument): boolean =>
  rules.some(({ disabled, quietPeriodSeconds }) => !disabled && quietPeriodSeconds !== undefined);

/**
 * The quiet period that holds for a series as it is now: the longest of the rules that match, that of the title it was
 * sent to where none of them says anything, that of the document where neither does.
 */
export const quietPeriodOf = (
  state: KnownSeries,
  document: ConfigurationDocument,
  opened: OpenedIdentity,
): QuietPeriod => {
  const subject = subjectOf(state, Number.POSITIVE_INFINITY, opened);
  const calledAeTitle = subject?.calledAeTitle ?? state.source.calledAeTitle;
  const { quietPeriodMs, applicationEntity } = completionFor(document, calledAeTitle);
  const otherwise = { ms: quietPeriodMs, ...(applicationEntity === undefined ? {} : { applicationEntity }) };
  const entity = calledEntityOf(document, calledAeTitle);
  if (subject === undefined || entity === 'keep' || entity === 'refuse' || !rulesSayQuietPeriod(document))
    return otherwise;
  const matched = new Set(rulesOf(document.rules).decide(subject).matched);
  const asking = document.rules.flatMap(({ name, quietPeriodSeconds }) =>
    quietPeriodSeconds !== undefined && matched.has(name) ? [{ name, ms: Math.round(quietPeriodSeconds * 1000) }] : [],
  );
  if (asking.length === 0) return otherwise;
  const ms = Math.max(...asking.map((rule) => rule.ms));
  return { ms, rules: asking.filter((rule) => rule.ms === ms).map(({ name }) => name) };
};
