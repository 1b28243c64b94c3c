import type { SeriesLine } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

interface RunOptions extends Authorship {
  readonly study?: string;
  readonly settings?: string;
  readonly to?: string;
}

/** What a job, and a list, takes at most. */
const MOST_SERIES = 1000;

/** `waystation job run` */
export const runJobCommand = (): Command =>
  authorship(new Command('run'))
    .description('has a module process a series or a study, however long ago it came')
    .argument('<module>')
    .argument('[series]', 'SeriesInstanceUID')
    .option('--study <uid>', 'all series of a study together, as they were when each was last complete')
    .option('--settings <json>', 'take precedence over those of the module, key by key')
    .option('--to <targets>', 'where the output goes, several with commas; it is kept without')
    .addHelpText(
      'after',
      `
Examples:
  waystation job run anonymizer 1.2.826.0.1.3680043.8.1055.1 --settings '{"dates": "removed"}' --to research
  waystation job run segmentation --study 1.2.826.0.1.3680043.8.1055`,
    )
    .action(async (module: string, series: string | undefined, options: RunOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const { settings, to } = options;
      const answer = await api.control<{ readonly job: string; readonly status: string }>(
        'POST',
        `api/jobs?${authorQuery(options)}`,
        {
          module,
          series: await whichSeries(api, series, options.study),
          ...(settings === undefined ? {} : { settings: settingsIn(settings) }),
          ...(to === undefined ? {} : { targets: to.split(',') }),
        },
      );
      output.answer(answer, () => [`job ${answer.job} is ${answer.status}`]);
    });

/** Reads settings that somebody typed. @throws CodedError `cli.no-json` */
export const settingsIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError('cli.no-json', `--settings is not JSON: ${text}`);
  }
};

/** The series themselves go along, so that the job is about what there was when it was asked for. */
const whichSeries = async (
  api: Api,
  series: string | undefined,
  study: string | undefined,
): Promise<string | readonly string[]> => {
  if ((series === undefined) === (study === undefined))
    throw new CodedError('cli.which-series', 'name either a series or, with --study, a study');
  if (study === undefined) return series ?? '';
  const query = new URLSearchParams({ study, limit: String(MOST_SERIES) }).toString();
  const lines = await api.get<readonly SeriesLine[]>(`api/series?${query}`);
  if (lines.length === 0) throw new CodedError('cli.unknown-study', `no series of study ${study} was ever received`);
  if (lines.length === MOST_SERIES)
    throw new CodedError(
      'cli.study-too-large',
      `study ${study} has ${MOST_SERIES} series or more, the most that a job takes`,
    );
  return lines.map(({ seriesInstanceUid }) => seriesInstanceUid).toSorted();
};
