import type { PublishedConfiguration } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorship, editPath, type Authorship } from './authorship.js';

/** A part of the configuration that is taken out by its name. */
interface RemovablePart {
  /** As people call it: `target`; `<kind>s` is its place in the API. */
  readonly kind: string;
  readonly argument?: string;
  readonly description: string;
  /** The words behind `remove` of an example. */
  readonly example: string;
}

/** `waystation KIND remove NAME` */
export const removePart = ({ kind, argument = '<name>', description, example }: RemovablePart): Command =>
  authorship(new Command('remove'))
    .description(description)
    .argument(argument)
    .addHelpText('after', `\nExample:\n  waystation ${kind} remove ${example}`)
    .action(async (name: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`${kind}s/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<PublishedConfiguration>('DELETE', path);
      output.answer({ version, removed: name }, () => [`${kind} '${name}' is gone (configuration ${version})`]);
    });
