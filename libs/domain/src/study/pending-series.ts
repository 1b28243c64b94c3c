import type { SeriesState } from '../series/series-state.js';
import { isCollected } from './collect-series.js';
import type { StudyState } from './study-state.js';

/**
 * Series of a study that hold it open, by UID: objects still come, no rule was asked about the last revision yet, or what
 * a rule said of it has not reached the study.
 * @param series of the study, as they are now
 */
export const pendingSeries = (study: StudyState, series: Iterable<SeriesState>): readonly string[] => {
  const pending: string[] = [];
  for (const state of series)
    if (state.status !== 'unknown' && isPending(study, state)) pending.push(state.seriesInstanceUid);
  return pending.toSorted();
};

const isPending = (study: StudyState, state: Exclude<SeriesState, { readonly status: 'unknown' }>): boolean => {
  if (state.status === 'receiving') return true;
  return state.completions.some(({ revision }) => {
    const decision = state.decisions.find((candidate) => candidate.revision === revision);
    if (decision === undefined) return true;
    return (decision.studyRules ?? []).some((rule) => !isCollected(study, rule, state.seriesInstanceUid, revision));
  });
};
