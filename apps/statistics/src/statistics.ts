import {
  ProcessingModule,
  type InputSeries,
  type ProcessingContext,
  type ProcessingInput,
  type ProcessingOutput,
} from '@waystation/module-sdk';
import { StatisticsSettings } from './statistics-settings.js';
import { techniqueOf, type SeriesStatistics } from './technique-of.js';
import { rangeOfValues, type ValueRange } from './value-range.js';

/** Says of every series how it was taken: the range of its technique values, and how many objects of which size it has. */
@ProcessingModule({ name: 'statistics', version: '1.0.0', settings: StatisticsSettings })
export class Statistics {
  async process(
    input: ProcessingInput,
    output: ProcessingOutput,
    { settings, logger, progress }: ProcessingContext<StatisticsSettings>,
  ): Promise<void> {
    const series: SeriesStatistics[] = [];
    for (const each of input.series) {
      series.push(await statisticsOf(each, settings.values));
      logger.log(`series ${each.seriesInstanceUid}: ${each.instances.length} objects`);
      progress(series.length / input.series.length);
    }
    output.setResult({ ...techniqueOf(series), instances: input.instances.length, series });
  }
}

const statisticsOf = async (
  { seriesInstanceUid, modality, instances }: InputSeries,
  keywords: readonly string[],
): Promise<SeriesStatistics> => {
  const found = new Map<string, number[]>(keywords.map((keyword) => [keyword, []]));
  for (const instance of instances) {
    const dataset = await instance.dataset();
    for (const [keyword, values] of found) values.push(...numbersIn(dataset[keyword]));
  }
  const values: Record<string, ValueRange> = {};
  for (const [keyword, numbers] of found) if (numbers.length > 0) values[keyword] = rangeOfValues(numbers);
  const bytes = instances.reduce((sum, { size }) => sum + size, 0);
  return { seriesInstanceUid, modality: modality ?? null, instances: instances.length, bytes, values };
};

const numbersIn = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((one) => typeof one === 'number');
