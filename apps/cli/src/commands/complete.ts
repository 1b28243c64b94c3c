import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorship, type Authorship } from './authorship.js';

/** `waystation complete SERIES` */
export const completeCommand = (): Command =>
  authorship(new Command('complete'))
    .description('counts a series that still receives objects as complete now')
    .argument('<series>', 'Series Instance UID, as `waystation series` shows it')
    .addHelpText(
      'after',
      `
The rules are asked about what came so far. What comes later is the next revision, as always. A series of which
objects are still in the spool has to wait until the object store has them.

Example:
  waystation complete 1.2.840.113619.2.55.3 --reason "the scanner was switched off"`,
    )
    .action(async (series: string, { author, reason }: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/series/${encodeURIComponent(series)}/complete?${new URLSearchParams({ author, reason }).toString()}`;
      const answer = await api.control<{ revisions: number }>('POST', path);
      output.answer(answer, () => [`series ${series} is complete, revision ${answer.revisions}`]);
    });
