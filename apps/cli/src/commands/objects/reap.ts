import type { ReapProgress, ReapReport } from '@waystation/answers';
import { plural } from '@waystation/kernel';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { Progress } from '../../output/progress.js';
import { authorQuery, authorship, type Authorship } from '../authorship.js';
import { olderThan } from './older-than.js';

interface ReapOptions extends Authorship {
  readonly olderThan: number;
  readonly dryRun?: boolean;
}

/** `waystation objects reap` */
export const reapObjects = (): Command =>
  authorship(new Command('reap'))
    .description('removes objects that no event names, as a crash between the two leaves them')
    .option('--older-than <age>', 'for how long they have been there at least', olderThan, 24)
    .option('--dry-run', 'only counts them')
    .addHelpText(
      'after',
      `
The audit service does it once a day by itself. Nothing goes that an event names, or that a job which goes on has made.

Examples:
  waystation objects reap --dry-run
  waystation objects reap --older-than 7d --reason "room"`,
    )
    .action(async (options: ReapOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const progress = new Progress(process.stderr);
      const { olderThan: olderThanHours, dryRun = false } = options;
      const path = `api/objects/reap?${authorQuery(options)}`;
      const show = (told: unknown): void => {
        const { looked, count } = told as ReapProgress;
        progress.show(`${plural(looked, 'object')} looked at, ${count} found`);
      };
      const report = await api.long<ReapReport>('POST', path, show, { olderThanHours, dryRun });
      progress.end();
      output.answer(report, () => linesOf(report));
    });

const linesOf = ({ dryRun, count, bytes, back }: ReapReport): readonly string[] => [
  count === 0
    ? 'events name everything that is as old as that'
    : `${plural(count, 'object')} of ${bytes} bytes ${dryRun ? 'would be removed' : 'removed'}`,
  ...back.map((key) => `${key} was received again meanwhile, and is back`),
];
