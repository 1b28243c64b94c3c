import type { KnownSeries } from '../series/series-state.js';
import { isCollected } from '../study/collect-series.js';
import type { StudyState } from '../study/study-state.js';
import { open, type EndedFate, type Fate, type Followed, type OpenFate } from './fate.js';
import { followUp, latest } from './follow-up.js';

/** What became of a series: of all that rules asked for, for itself and for its study. */
export const fateOfSeries = (series: KnownSeries, followed: Followed): Fate => {
  const still = whyOpen(series, followed.study);
  if (still !== undefined) return still;
  const asked = askedFor(series, followed.study);
  const result = followUp(asked, followed);
  if (result.what !== 'over') return result;
  return {
    what: 'ended',
    ended: result.failed ? 'undelivered' : result.count > 0 ? 'delivered' : withoutDeliveries(series, followed.study),
    endedAt: latest([series.lastReceivedAt, series.settledAt, result.endedAt]) ?? series.lastReceivedAt,
    rules: asked.rules,
  };
};

const whyOpen = (series: KnownSeries, study: StudyState): OpenFate | undefined => {
  const { status, completions, decisions, seriesInstanceUid } = series;
  if (status === 'receiving') return open('objects still come, or it was reopened');
  for (const { revision } of completions) {
    const decision = decisions.find((one) => one.revision === revision);
    if (decision === undefined) return open(`no rule was asked about revision ${revision} yet`);
    const missing = decision.studyRules?.find((rule) => !isCollected(study, rule, seriesInstanceUid, revision));
    if (missing !== undefined) return open(`the rule '${missing}' has not collected it for its study yet`);
  }
  for (const { rule, waiting, completions: ofStudy } of study.collections) {
    if (waiting.some((one) => one.seriesInstanceUid === seriesInstanceUid))
      return open(`its study waits for the rule '${rule}'`);
    if (ofStudy.some((one) => one.routed === undefined)) return open(`its study is about to be sent by '${rule}'`);
  }
  return undefined;
};

/** Deliveries and jobs that were requested for the series or with its study, and the rules that wanted them. */
const askedFor = (
  { decisions, discardedBy, seriesInstanceUid }: KnownSeries,
  { collections }: StudyState,
): Pick<EndedFate, 'rules'> & { readonly deliveries: readonly string[]; readonly jobs: readonly string[] } => {
  const deliveries = decisions.flatMap((one) => one.deliveries);
  const jobs = decisions.flatMap((one) => one.jobs ?? []);
  const ofStudy = collections.flatMap(({ rule, completions }) =>
    completions
      .filter(({ series }) => series.some((one) => one.seriesInstanceUid === seriesInstanceUid))
      .map(({ routed, follow = rule }) => ({ rule: follow, routed })),
  );
  const sent = ofStudy.flatMap(({ routed }) =>
    [...(routed?.deliveries ?? []), ...(routed?.alreadyRequested ?? [])].filter(
      (one) => one.seriesInstanceUid === seriesInstanceUid,
    ),
  );
  const rules = [
    ...deliveries.flatMap((one) => one.rules),
    ...jobs.map(({ rule }) => rule),
    ...ofStudy.map(({ rule }) => rule),
    ...(discardedBy === undefined ? [] : [discardedBy]),
  ];
  return {
    deliveries: [...deliveries, ...sent].map(({ delivery }) => delivery),
    jobs: [...jobs, ...ofStudy.flatMap(({ routed }) => routed?.jobs ?? [])].map(({ job }) => job),
    rules: [...new Set(rules)],
  };
};

const withoutDeliveries = (
  { decisions, seriesInstanceUid }: KnownSeries,
  { collections }: StudyState,
): EndedFate['ended'] => {
  const setAside = collections.some(({ discarded }) =>
    discarded.some((one) => one.seriesInstanceUid === seriesInstanceUid),
  );
  return setAside || decisions.at(-1)?.outcome === 'discarded' ? 'discarded' : 'undecided';
};
