import { readFile } from 'node:fs/promises';
import { CodedError, messageOf } from '@waystation/kernel';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { jsonText } from '../output/json-text.js';
import { authorship, editPath, type Authorship, type Configuration } from './authorship.js';

/** `waystation config …` */
export const configCommand = (): Command =>
  new Command('config')
    .description('the whole configuration as one document')
    .addCommand(showConfiguration())
    .addCommand(publishConfiguration())
    .addCommand(changeQuietPeriod());

const showConfiguration = (): Command =>
  new Command('show')
    .description('prints the configuration in force as JSON, ready to be edited and published')
    .addHelpText('after', '\nExample:\n  waystation config show > waystation-configuration.json')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const configuration = await api.control<Configuration>('GET', 'api/configuration');
      output.answer(configuration, () => [jsonText(configuration.document)]);
    });

const publishConfiguration = (): Command =>
  authorship(new Command('publish'))
    .description('brings a configuration into force; refused with every problem it has')
    .argument('<file>', 'JSON as printed by `waystation config show`')
    .addHelpText(
      'after',
      '\nExample:\n  waystation config publish waystation-configuration.json --reason "new archive"',
    )
    .action(async (file: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const body = { document: await readJson(file) };
      const { version, sha256 } = await api.control<Configuration>('PUT', editPath('', options), body);
      output.answer({ version, sha256 }, () => [`configuration ${version} is in force (sha256 ${sha256})`]);
    });

const changeQuietPeriod = (): Command =>
  authorship(new Command('quiet-period'))
    .description('changes how long nothing must arrive until a series counts as complete')
    .argument('<seconds>', 'for series that open from then on')
    .addHelpText('after', '\nExample:\n  waystation config quiet-period 30')
    .action(async (seconds: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const body = { quietPeriodSeconds: Number(seconds) };
      const { version } = await api.control<Configuration>('PUT', editPath('completion', options), body);
      output.answer({ version, ...body }, () => [`quiet period ${seconds} s is in force (configuration ${version})`]);
    });

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CodedError('cli.unreadable-file', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
};
