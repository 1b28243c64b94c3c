import type { PublishedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { problemLines } from '../../output/problem-lines.js';
import { authorship, editPath, type Authorship } from '../authorship.js';

/** `waystation config rollback VERSION` */
export const rollBack = (): Command =>
  authorship(new Command('rollback'))
    .description('publishes the document of an old version as a new one; refused where it would fail nowadays')
    .argument('<version>', 'as `waystation config versions` shows it')
    .addHelpText('after', '\nExample:\n  waystation config rollback 3 --reason "the new archive is not ready"')
    .action(async (version: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const body = { version: Number(version) };
      const answer = await api.control<PublishedConfiguration>('POST', editPath('rollback', options), body);
      const { sha256, warnings } = answer;
      output.answer({ version: answer.version, sha256, warnings }, () => [
        ...problemLines(warnings),
        `configuration ${answer.version} is in force, and says what ${version} said (sha256 ${sha256})`,
      ]);
    });
