import type { CompletionExplained, Explanation } from '@waystation/answers';
import { fold, seriesDecider, type KnownSeries, type SeriesEvent } from '@waystation/domain';
import type { Recorded, RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { sentenceFor } from '../tell-history/sentence-for.js';
import { explainCompletion } from './explain-completion.js';
import { explainDecision } from './explain-decision.js';
import { explainDelivery } from './explain-delivery.js';
import { explainJobs } from './explain-jobs.js';
import { explainStudies, type StudyGrounds } from './explain-studies.js';
import { groundOf } from './ground-of.js';

/** What an explanation is made of. */
export interface SeriesEvidence extends StudyGrounds {
  /** The events of the series; at least one. */
  readonly series: readonly Recorded<SeriesEvent>[];
}

const keepingTypes: ReadonlySet<string> = new Set([
  'objects.held.v1',
  'objects.released.v1',
  'objects.expired.v1',
  'objects.erased.v1',
]);

/**
 * Why a revision of a series was decided as it was. Pure: the same log gives the same explanation for ever.
 * @param revision the last one unless told
 * @throws CodedError `audit.unknown-revision`
 */
export const explainSeries = (evidence: SeriesEvidence, revision?: number): Explanation => {
  const { series } = evidence;
  const completions = series.filter((event) => event.type === 'series.completed.v1');
  const completed = completions.find(({ data }) => data.revision === (revision ?? completions.length));
  const until = completed === undefined ? series : series.filter(({ position }) => position < completed.position);
  const state = fold(seriesDecider, until);
  if (state.status === 'unknown' || (completed === undefined && revision !== undefined))
    throw new CodedError('audit.unknown-revision', unknownRevision(series[0]?.stream, completions.length, revision));
  const routed = series
    .filter((event) => event.type === 'series.routed.v1')
    .find(({ data }) => data.revision === completed?.data.revision);
  const published = routed && evidence.configuration(routed.data.configuration.version);
  return {
    seriesInstanceUid: state.seriesInstanceUid,
    studyInstanceUid: state.studyInstanceUid,
    sender: `${state.source.callingAeTitle} at ${state.source.address}`,
    revisions: completions.length,
    revision: completed?.data.revision ?? null,
    completion: explainCompletion(until, state, completed),
    next: completed?.data.revision === completions.length ? explainNext(series) : null,
    decision: routed === undefined ? null : explainDecision(routed, published, seriesBefore(series, routed, state)),
    deliveries: (routed?.data.deliveries ?? []).map((delivery) =>
      explainDelivery(delivery, evidence.deliveryEvents(delivery.delivery), published?.data),
    ),
    jobs: explainJobs(evidence, routed?.data.jobs ?? [], published?.data),
    studies: routed === undefined ? [] : explainStudies(evidence, state.seriesInstanceUid, routed.data),
    keeping: series
      .filter(({ type }) => keepingTypes.has(type))
      .map((event) => ({ ...groundOf(event), because: sentenceFor(event) })),
  };
};

/** The series as it was when it was decided. */
const seriesBefore = (
  series: SeriesEvidence['series'],
  { position }: RecordedEvent,
  known: KnownSeries,
): KnownSeries => {
  const state = fold(
    seriesDecider,
    series.filter((event) => event.position < position),
  );
  return state.status === 'unknown' ? known : state;
};

const explainNext = (series: SeriesEvidence['series']): CompletionExplained | null => {
  const state = fold(seriesDecider, series);
  return state.status === 'receiving' ? explainCompletion(series, state, undefined) : null;
};

const unknownRevision = (stream: string | undefined, revisions: number, revision: number | undefined): string =>
  `${stream ?? 'the series'} has ${revisions} revisions, asked for revision ${revision ?? 'the last'}`;
