import type {
  CollectedSeries,
  Recorded,
  RecordedEvent,
  StudyCompleted,
  StudyForceCompleted,
  StudyRouted,
  StudySeriesMatched,
} from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import type { StudyEvent } from './study-event.js';
import { collectionOf, type StudyCollection, type StudyState } from './study-state.js';

/** What an event makes of a study. */
export const evolveStudy = (state: StudyState, event: Recorded<StudyEvent>): StudyState => {
  switch (event.type) {
    case 'study.opened.v1':
      return { ...state, status: 'open', studyInstanceUid: event.data.studyInstanceUid };
    case 'study.series-added.v1':
      return { ...state, series: [...state.series, event.data] };
    case 'study.series-matched.v1':
      return matched(state, event);
    case 'study.force-completed.v1':
      return changed(state, event.data.rule, (collection) => forced(collection, event.data));
    case 'study.completed.v1':
      return changed(state, event.data.rule, (collection) => completed(collection, event.data));
    case 'study.routed.v1':
      return changed(state, event.data.rule, (collection) => routed(collection, event.data));
    default:
      return unreachable(event);
  }
};

const changed = (
  state: StudyState,
  rule: string,
  change: (collection: StudyCollection) => StudyCollection,
): StudyState => ({
  ...state,
  collections: state.collections.map((collection) => (collection.rule === rule ? change(collection) : collection)),
});

const matched = (
  state: StudyState,
  { data: { rule, series }, recordedtime, position }: RecordedEvent<StudySeriesMatched>,
): StudyState => {
  const known = collectionOf(state, rule);
  const last = { lastMatchedAt: recordedtime, lastMatchPosition: position };
  if (known === undefined) {
    const nothing = { unlimited: false, discarded: [], completions: [] };
    const first: StudyCollection = { rule, waiting: [series], waitingSince: recordedtime, ...last, ...nothing };
    return { ...state, collections: [...state.collections, first] };
  }
  return changed(state, rule, (collection) => ({
    ...collection,
    ...last,
    waiting: [...collection.waiting, series],
    waitingSince: collection.waiting.length === 0 ? recordedtime : collection.waitingSince,
  }));
};

const without = (series: readonly CollectedSeries[], gone: readonly CollectedSeries[]): readonly CollectedSeries[] =>
  series.filter((one) => !gone.some((other) => isSameRevision(one, other)));

const isSameRevision = (one: CollectedSeries, other: CollectedSeries): boolean =>
  one.seriesInstanceUid === other.seriesInstanceUid && one.revision === other.revision;

const forced = (collection: StudyCollection, { action, series }: StudyForceCompleted['data']): StudyCollection => {
  if (action === 'proceed') return collection;
  if (action === 'ignore') return { ...collection, unlimited: true };
  const { waiting, discarded } = collection;
  return {
    ...collection,
    unlimited: false,
    waiting: without(waiting, series),
    discarded: [...discarded, ...series],
  };
};

const completed = (collection: StudyCollection, data: StudyCompleted['data']): StudyCollection => {
  const { revision, trigger, follow, configuration, series } = data;
  const completion = { revision, trigger, configuration, series, ...(follow === undefined ? {} : { follow }) };
  return {
    ...collection,
    unlimited: false,
    waiting: without(collection.waiting, series),
    discarded: without(collection.discarded, series),
    completions: [...collection.completions, { ...completion, routed: undefined }],
  };
};

const routed = (
  collection: StudyCollection,
  { revision, deliveries, alreadyRequested, jobs }: StudyRouted['data'],
): StudyCollection => ({
  ...collection,
  completions: collection.completions.map((completion) =>
    completion.revision === revision
      ? { ...completion, routed: { deliveries, alreadyRequested, ...(jobs && { jobs }) } }
      : completion,
  ),
});
