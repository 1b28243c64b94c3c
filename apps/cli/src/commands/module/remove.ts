import type { PublishedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { authorship, editPath, type Authorship } from '../authorship.js';

/** `waystation module remove NAME` */
export const removeModule = (): Command =>
  authorship(new Command('remove'))
    .description('takes a module out; refused while rules name it')
    .argument('<name>')
    .addHelpText('after', '\nExample:\n  waystation module remove lung --reason "the trial ended"')
    .action(async (name: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`modules/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<PublishedConfiguration>('DELETE', path);
      output.answer({ version, removed: name }, () => [`module '${name}' is gone (configuration ${version})`]);
    });
