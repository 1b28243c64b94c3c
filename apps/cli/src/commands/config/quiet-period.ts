import type { ConfigurationInForce, PublishedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { authorship, editPath, type Authorship } from '../authorship.js';

/** `waystation config quiet-period SECONDS` */
export const changeQuietPeriod = (): Command =>
  authorship(new Command('quiet-period'))
    .description('changes how long nothing must arrive until a series counts as complete')
    .argument('<seconds>', 'for series that open from then on')
    .addHelpText('after', '\nExample:\n  waystation config quiet-period 30')
    .action(async (seconds: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const body = { quietPeriodSeconds: Number(seconds) };
      const { document } = await api.control<ConfigurationInForce>('GET', 'api/configuration');
      const completion = { ...document.completion, ...body };
      const { version } = await api.control<PublishedConfiguration>('PUT', editPath('completion', options), completion);
      output.answer({ version, ...body }, () => [`quiet period ${seconds} s is in force (configuration ${version})`]);
    });
