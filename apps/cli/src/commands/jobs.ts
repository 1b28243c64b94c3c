import type { JobLine } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneMore } from '../one-more.js';
import { oneLine } from '../output/one-line.js';

/** `waystation jobs` */
export const jobsCommand = (): Command =>
  new Command('jobs')
    .description('lists what was or is to be processed, the one with the newest event first')
    .option('--study <uid>', 'only of this study and its series')
    .option('--series <uid>', 'only of this series')
    .option('--module <name>', 'only by this module')
    .option('--rule <name>', 'only for this rule')
    .option('--status <status>', 'waiting, held, running, succeeded, abandoned or cancelled')
    .option('--limit <n>', 'how many', '50')
    .addHelpText('after', '\nExample:\n  waystation jobs --status abandoned')
    .action(async (options: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly JobLine[]>(`api/jobs?${new URLSearchParams(oneMore(options)).toString()}`),
        {
          JOB: ({ job }) => job,
          MODULE: ({ module }) => module,
          RULE: ({ rule }) => rule ?? '',
          STATUS: ({ status, progress }) => (progress === null ? status : `${status}, ${Math.round(progress * 100)} %`),
          'HELD UNTIL': ({ heldUntil }) => heldUntil ?? '',
          ATTEMPTS: ({ attempts }) => attempts,
          OUTPUTS: ({ outputs }) => outputs,
          FOLLOWS: ({ follows }) => follows ?? '',
          ABOUT: ({ seriesInstanceUid, studyInstanceUid }) => seriesInstanceUid ?? studyInstanceUid,
          'LAST FAILURE': ({ lastFailure }) => oneLine(lastFailure ?? ''),
        },
        'no such job',
        Number(options['limit']),
      );
    });
