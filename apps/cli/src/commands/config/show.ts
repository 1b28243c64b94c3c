import type { ConfigurationInForce } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { jsonText } from '../../output/json-text.js';

/** `waystation config show` */
export const showConfiguration = (): Command =>
  new Command('show')
    .description('prints the configuration in force as JSON, ready to be edited and published')
    .option('--version <n>', 'that version instead, whenever it was in force')
    .addHelpText(
      'after',
      `
Examples:
  waystation config show > waystation-configuration.json
  waystation config show --version 3`,
    )
    .action(async ({ version }: { readonly version?: string }, command: Command) => {
      const { api, output } = contextOf(command);
      const path = version === undefined ? '' : `/versions/${encodeURIComponent(version)}`;
      const configuration = await api.control<ConfigurationInForce>('GET', `api/configuration${path}`);
      output.answer(configuration, () => [jsonText(configuration.document)]);
    });
