import type { ConfigurationDocument, Facts, Rule, SeriesRouted } from '@waystation/events';
import { decisionOf } from '@waystation/rules';
import { calledEntityOf } from '../series/called-entity.js';
import { deliveriesFor } from '../series/deliveries-for.js';
import { processes } from '../job/planned-steps.js';
import { sendsItself } from '../series/route-series.js';
import { rangeOf } from '../series/series-range.js';
import type { KnownSeries } from '../series/series-state.js';
import { rulesOf, subjectOf, type OpenedIdentity, type SeriesSubject } from '../series/series-subject.js';
import { effectsOf, type Decided, type Effects } from './effects.js';
import { ruleDifferences, type RuleDifference } from './rule-differences.js';

/** A decision of the past, with what it was made from. */
export interface PastDecision {
  readonly routed: SeriesRouted['data'];
  /** What was in force then. */
  readonly document: ConfigurationDocument;
  /** As it was before the decision. */
  readonly series: KnownSeries;
  /** Whether all objects of the series are in it, or only the representative. */
  readonly isWhole: boolean;
  readonly opened: OpenedIdentity;
}

/** How a decision would differ. */
export interface DecisionDifference {
  readonly was: Effects;
  readonly would: Effects;
  /** Why, in the order of the other rules, then those that are no more. */
  readonly rules: readonly RuleDifference[];
}

/**
 * Decides over again by another document, as routing would. Rules that mean the same under other names, or in another
 * order, make no difference.
 * @returns how the decision would differ; undefined where it would not; `needs-objects` where that hangs on single
 * objects, and only the representative is known
 */
export const decideAgain = (
  past: PastDecision,
  document: ConfigurationDocument,
): DecisionDifference | 'needs-objects' | undefined => {
  const { routed, series, isWhole, opened } = past;
  let looked = false;
  const instances = (all: () => Iterable<Facts>) => (): Iterable<Facts> => {
    looked = true;
    return all();
  };
  const seen = subjectOf(series, rangeOf(series, routed.revision).throughSequence, opened);
  if (seen === undefined) return undefined;
  const subject = { ...seen, instances: instances(seen.instances) };
  const would = decided(past, document, subject);
  if (!isWhole && (looked || would === 'needs-objects')) return 'needs-objects';
  if (would === 'needs-objects') return undefined;
  return difference(past, document, subject, would);
};

/**
 * The rules of another document that would have the series processed.
 * @returns `needs-objects` as {@link decideAgain}
 */
export const processedAgainBy = (
  past: PastDecision,
  document: ConfigurationDocument,
): readonly string[] | 'needs-objects' => {
  const { routed, series, opened } = past;
  const subject = subjectOf(series, rangeOf(series, routed.revision).throughSequence, opened);
  const would = subject && decided(past, document, subject);
  return would === 'needs-objects' ? would : (would?.jobs.map(({ rule }) => rule) ?? []);
};

const difference = (
  { routed, document: before }: PastDecision,
  after: ConfigurationDocument,
  subject: SeriesSubject,
  would: Decided,
): DecisionDifference | undefined => {
  const effects = { was: effectsOf(before, recorded(routed, before)), would: effectsOf(after, would) };
  if (JSON.stringify(effects.was) === JSON.stringify(effects.would)) return undefined;
  const verdicts = would.outcome === 'undecided' ? [] : rulesOf(after.rules).explain(subject).verdicts;
  return { ...effects, rules: ruleDifferences(routed.verdicts, verdicts, before.rules, after.rules) };
};

const nothing: Decided = { outcome: 'undecided', targets: [], jobs: [], studyRules: [], notifications: [] };

/** What routing would decide. */
const decided = (
  { routed: { revision }, series, isWhole, opened }: PastDecision,
  document: ConfigurationDocument,
  subject: SeriesSubject,
): Decided | 'needs-objects' => {
  const entity = calledEntityOf(document, subject.calledAeTitle);
  if (entity === 'keep' || entity === 'refuse') return nothing;
  const decision = rulesOf(document.rules).decide(subject);
  const isLate = rangeOf(series, revision).afterSequence > 0;
  const following = document.rules.filter(
    ({ name, trigger }) =>
      decision.discardedBy === undefined && trigger === 'series' && decision.matched.includes(name),
  );
  const jobs = following
    .filter(processes)
    .map(({ name, late }) => ({ rule: name, ...(isLate && late === 'whole' ? { whole: true as const } : {}) }));
  if (decision.targets.every(({ instances }) => instances === undefined)) {
    const isWanted = wholeIsWanted(document.rules);
    const targets = decision.targets.map(({ target, priority, rules }) => ({
      target,
      priority,
      ...(isLate && isWanted(rules) ? { whole: true as const } : {}),
    }));
    return { ...decision, targets, jobs };
  }
  if (!isWhole) return 'needs-objects';
  const sending = following.filter(sendsItself);
  return { ...decision, targets: deliveriesFor(series, revision, sending, opened).deliveries, jobs };
};

const wholeIsWanted = (rules: readonly Rule[]): ((names: readonly string[]) => boolean) => {
  const whole = new Set(rules.filter(({ late }) => late === 'whole').map(({ name }) => name));
  return (names) => names.some((name) => whole.has(name));
};

/** What was decided, as the log says: not what today's program would make of the rules of then. */
const recorded = (
  { outcome, deliveries, jobs = [], studyRules = [], verdicts }: SeriesRouted['data'],
  { rules }: ConfigurationDocument,
): Decided => {
  const matched = new Set(verdicts.filter(({ verdict }) => verdict === 'matched').map(({ rule }) => rule));
  const { notifications } = decisionOf(rules.filter(({ name }) => matched.has(name)));
  return { outcome, targets: deliveries, jobs, studyRules, notifications };
};
