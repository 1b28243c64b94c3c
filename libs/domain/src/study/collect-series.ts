import { StudyOpened, StudySeriesAdded, StudySeriesMatched } from '@waystation/events';
import type { AddSeries, CollectSeries } from './study-command.js';
import type { StudyEvent } from './study-event.js';
import { collectedEver, collectionOf, type StudyState } from './study-state.js';

/** Makes a series known to its study, which the first one opens. */
export const addSeries = (
  state: StudyState,
  { studyInstanceUid, series }: Pick<AddSeries, 'studyInstanceUid' | 'series'>,
): readonly StudyEvent[] => {
  const known = state.series.some(({ seriesInstanceUid }) => seriesInstanceUid === series.seriesInstanceUid);
  return [
    ...(state.status === 'unknown' ? [StudyOpened.of({ studyInstanceUid })] : []),
    ...(known ? [] : [StudySeriesAdded.of(series)]),
  ];
};

/** Puts a revision of a series into the collections of rules. Each takes it once, however often it is asked to. */
export const collectSeries = (state: StudyState, command: CollectSeries): readonly StudyEvent[] => {
  const { studyInstanceUid, added, series, rules } = command;
  const matched = rules
    .filter((rule) => !isCollected(state, rule, series.seriesInstanceUid, series.revision))
    .map((rule) => StudySeriesMatched.of({ rule, series }));
  return matched.length === 0 ? [] : [...addSeries(state, { studyInstanceUid, series: added }), ...matched];
};

/** Whether a rule has or had taken a revision of a series. */
export const isCollected = (state: StudyState, rule: string, seriesInstanceUid: string, revision: number): boolean => {
  const collection = collectionOf(state, rule);
  if (collection === undefined) return false;
  return [...collectedEver(collection), ...collection.discarded].some(
    (series) => series.seriesInstanceUid === seriesInstanceUid && series.revision === revision,
  );
};
