import type { PublishedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { authorship, editPath, type Authorship } from '../authorship.js';

/** `waystation rule remove NAME` */
export const removeRule = (): Command =>
  authorship(new Command('remove'))
    .description('takes a rule out')
    .argument('<name>')
    .addHelpText('after', '\nExample:\n  waystation rule remove "CT heads" --reason "study ended"')
    .action(async (name: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`rules/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<PublishedConfiguration>('DELETE', path);
      output.answer({ version, removed: name }, () => [`rule '${name}' is gone (configuration ${version})`]);
    });
