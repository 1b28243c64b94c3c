import type { CollectedSeries, Rule } from '@waystation/events';
import type { KnownSeries } from '../series/series-state.js';
import type { WhichCompletion } from './deliveries-before.js';
import { collectionOf, type StudyState } from './study-state.js';

/** A revision of a series that a completed study brings. */
export interface GoingSeries {
  readonly series: KnownSeries;
  readonly revision: number;
  /** Whether all of the series goes, as it did before, or only what the revision is about. */
  readonly isWhole: boolean;
}

/** What a completion brings, in the order of series number, UID and revision. */
export const whatGoes = (
  state: StudyState,
  command: WhichCompletion & { readonly series: ReadonlyMap<string, KnownSeries> },
  { late }: Pick<Rule, 'late'>,
  collected: readonly CollectedSeries[],
): readonly GoingSeries[] => {
  const earlier = (collectionOf(state, command.rule)?.completions ?? [])
    .filter(({ revision }) => revision < command.revision)
    .flatMap((completion) => completion.series.map(({ seriesInstanceUid }) => seriesInstanceUid));
  const isWhole = ({ seriesInstanceUid }: CollectedSeries): boolean =>
    late === 'whole' && earlier.includes(seriesInstanceUid);
  const isLatest = (one: CollectedSeries): boolean =>
    collected.every((other) => other.seriesInstanceUid !== one.seriesInstanceUid || other.revision <= one.revision);
  return collected
    .filter((one) => !isWhole(one) || isLatest(one))
    .toSorted(inOrder)
    .flatMap((one) => {
      const series = command.series.get(one.seriesInstanceUid);
      return series === undefined ? [] : [{ series, revision: one.revision, isWhole: isWhole(one) }];
    });
};

const inOrder = (a: CollectedSeries, b: CollectedSeries): number =>
  (a.seriesNumber ?? Number.MAX_SAFE_INTEGER) - (b.seriesNumber ?? Number.MAX_SAFE_INTEGER) ||
  (a.seriesInstanceUid < b.seriesInstanceUid ? -1 : Number(a.seriesInstanceUid > b.seriesInstanceUid)) ||
  a.revision - b.revision;
