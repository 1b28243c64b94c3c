import type { DerivedSeriesLine } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import type { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneLine } from '../output/one-line.js';

/** What may be asked of series that modules made. */
const known = new Set(['study', 'of', 'limit']);

/** `waystation series --derived`. @throws CodedError `cli.not-of-derived` */
export const listDerivedSeries = async (options: Readonly<Record<string, string>>, command: Command): Promise<void> => {
  const strange = Object.keys(options).find((name) => !known.has(name));
  if (strange !== undefined)
    throw new CodedError(
      'cli.not-of-derived',
      `series that modules made are found with --study and --of, not by ${strange}`,
    );
  const { api, output } = contextOf(command);
  const query = new URLSearchParams(options).toString();
  output.list(
    await api.get<readonly DerivedSeriesLine[]>(`api/derived-series?${query}`),
    {
      SERIES: ({ seriesInstanceUid }) => seriesInstanceUid,
      STUDY: ({ studyInstanceUid }) => studyInstanceUid,
      MODALITY: ({ modality }) => oneLine(modality),
      DESCRIPTION: ({ description }) => oneLine(description),
      OBJECTS: ({ instances, expired }) => (expired ? `${instances}, expired` : instances),
      'MADE BY': ({ module }) => module,
      JOB: ({ job }) => job,
      RULE: ({ rule }) => rule ?? '',
      'MADE OF': ({ madeOf }) => madeOf.join(', '),
    },
    'no module made such a series',
  );
};
