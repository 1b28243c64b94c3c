import { CodedError } from '@waystation/kernel';
import type { KnownSeries } from './series-state.js';

/** A part of the stream of a series: what was stored behind the one sequence and up to the other. */
export interface SeriesRange {
  readonly afterSequence: number;
  readonly throughSequence: number;
}

/**
 * Which part of the stream a revision is about: what was stored since the revision before, or all of it where the series
 * was reopened.
 * @throws CodedError `series.unknown-revision`
 */
export const rangeOf = (state: KnownSeries, revision: number): SeriesRange => {
  const completion = state.completions.find((candidate) => candidate.revision === revision);
  if (completion === undefined) {
    throw new CodedError(
      'series.unknown-revision',
      `series ${state.seriesInstanceUid} has ${state.completions.length} revisions, asked for revision ${revision}`,
    );
  }
  const before = completion.whole ? undefined : state.completions.findLast((other) => other.revision < revision);
  return { afterSequence: before?.sequence ?? 0, throughSequence: completion.sequence };
};
