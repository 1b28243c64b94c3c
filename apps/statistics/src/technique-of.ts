import type { ValueRange } from './value-range.js';

/** How a series was taken. */
export type SeriesStatistics = {
  readonly seriesInstanceUid: string;
  readonly modality: string | null;
  readonly instances: number;
  readonly bytes: number;
  readonly values: Readonly<Record<string, ValueRange>>;
};

/**
 * What goes to the top of the result, where rules ask for it and the history shows it: of one series each value by its
 * keyword, of several each series in a line.
 */
export const techniqueOf = (series: readonly SeriesStatistics[]): Readonly<Record<string, string | number>> => {
  const [first, ...others] = series;
  if (first === undefined) return {};
  if (others.length === 0)
    return Object.fromEntries(Object.entries(first.values).map(([keyword, range]) => [keyword, shortOf(range)]));
  return Object.fromEntries(series.map((each, index) => [`series_${index + 1}`, lineOf(each)]));
};

const lineOf = ({ modality, instances, values }: SeriesStatistics): string => {
  const all = Object.entries(values).map(([keyword, range]) => `${keyword} ${shortOf(range)}`);
  return [`${modality ?? 'no modality'}, ${`${instances} ${instances === 1 ? 'object' : 'objects'}`}`, ...all].join(
    ', ',
  );
};

const shortOf = ({ min, max }: ValueRange): string | number => (min === max ? min : `${min} to ${max}`);
