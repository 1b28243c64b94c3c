import type { PublishedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { problemLines } from '../../output/problem-lines.js';
import { readJson } from '../../read-json.js';
import { authorship, editPath, type Authorship } from '../authorship.js';

interface PublishOptions extends Authorship {
  readonly basedOn?: string;
}

/** `waystation config publish FILE` */
export const publishConfiguration = (): Command =>
  authorship(new Command('publish'))
    .description('brings a configuration into force; refused with every problem it has')
    .argument('<file>', 'JSON as printed by `waystation config show`')
    .option('--based-on <version>', 'refused where somebody published another version since that one')
    .addHelpText(
      'after',
      `
Examples:
  waystation config publish waystation-configuration.json --reason "new archive"
  waystation config publish waystation-configuration.json --based-on 7`,
    )
    .action(async (file: string, options: PublishOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const basedOn = options.basedOn === undefined ? {} : { basedOn: Number(options.basedOn) };
      const body = { document: await readJson(file), ...basedOn };
      const answer = await api.control<PublishedConfiguration>('PUT', editPath('', options), body);
      const { version, sha256, warnings } = answer;
      output.answer({ version, sha256, warnings }, () => [
        ...problemLines(warnings),
        `configuration ${version} is in force (sha256 ${sha256})`,
      ]);
    });
