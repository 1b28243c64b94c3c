import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorship, type Authorship } from './authorship.js';

/** `waystation reopen SERIES` */
export const reopenCommand = (): Command =>
  authorship(new Command('reopen'))
    .description('has a series decided again by the configuration in force now')
    .argument('<series>', 'Series Instance UID, as `waystation series` shows it')
    .addHelpText(
      'after',
      `
For after a rule was wrong, or an AE title was not configured. The series is complete again as its next revision
once it has been quiet long enough, which it mostly has, so at once; \`waystation complete\` waits for nothing.
The rules then in force are asked about all of it, and all of it is sent where they say: also to targets that have
it already, since the new revision is a delivery of its own. What was delivered before stays where it is.

Example:
  waystation reopen 1.2.840.113619.2.55.3 --reason "rule for CT mended"`,
    )
    .action(async (series: string, { author, reason }: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/series/${encodeURIComponent(series)}/reopen?${new URLSearchParams({ author, reason }).toString()}`;
      const answer = await api.control<{ revisions: number }>('POST', path);
      output.answer(answer, () => [
        `series ${series} is reopened; revision ${answer.revisions + 1} will be about all of it`,
      ]);
    });
