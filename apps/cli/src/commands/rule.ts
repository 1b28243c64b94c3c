import type { ConfigurationDocument, Rule } from '@waystation/events';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneLine } from '../output/one-line.js';
import { authorship, editPath, type Authorship, type Configuration } from './authorship.js';

interface RuleOptions extends Authorship {
  readonly when: string;
  readonly to?: readonly string[];
  readonly discard?: boolean;
  readonly fallback?: boolean;
  readonly disabled?: boolean;
}

/** `waystation rule …` */
export const ruleCommand = (): Command =>
  new Command('rule')
    .description('which series go where')
    .addCommand(addRule())
    .addCommand(listRules())
    .addCommand(removeRule());

const addRule = (): Command =>
  authorship(new Command('add'))
    .description('adds a rule, or replaces the one of that name')
    .argument('<name>')
    .requiredOption('--when <condition>', 'condition on the header of the series')
    .option('--to <target...>', 'targets the series goes to')
    .option('--discard', 'the series goes nowhere; wins over every other rule')
    .option('--fallback', 'asked only where no other rule matched')
    .option('--disabled', 'kept, but not asked')
    .addHelpText(
      'after',
      `
Examples:
  waystation rule add "CT heads" --when "@Modality@ == 'CT' and 'HEAD' in @StudyDescription@" --to pacs
  waystation rule add everything-else --when "True" --to pacs export --fallback
  waystation rule add no-localizers --when "'LOCALIZER' in tags.ImageType" --discard`,
    )
    .action(async (name: string, options: RuleOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const rule = {
        name,
        condition: options.when,
        action: options.discard === true ? 'discard' : 'route',
        targets: options.to ?? [],
        fallback: options.fallback === true,
        disabled: options.disabled === true,
      };
      const path = editPath(`rules/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<Configuration>('PUT', path, rule);
      output.answer({ version, rule: name }, () => [`rule '${name}' is in force (configuration ${version})`]);
    });

/** What a rule does, in a few words. */
export const effectOf = ({ action, targets, fallback, disabled }: Rule): string =>
  [
    action === 'discard' ? 'discard' : `to ${targets.join(', ')}`,
    fallback ? 'fallback' : '',
    disabled ? 'disabled' : '',
  ]
    .filter((word) => word !== '')
    .join('; ');

const listRules = (): Command =>
  new Command('list')
    .description('lists the rules in force, in the order in which they are asked')
    .addHelpText('after', '\nExample:\n  waystation rule list --json')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const { document } = await api.control<{ document: ConfigurationDocument }>('GET', 'api/configuration');
      output.list(
        document.rules,
        { NAME: ({ name }) => name, WHEN: ({ condition }) => oneLine(condition), THEN: effectOf },
        'no rules yet: series are kept and go nowhere; add one: waystation rule add --help',
      );
    });

const removeRule = (): Command =>
  authorship(new Command('remove'))
    .description('takes a rule out')
    .argument('<name>')
    .addHelpText('after', '\nExample:\n  waystation rule remove "CT heads" --reason "study ended"')
    .action(async (name: string, options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`rules/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<Configuration>('DELETE', path);
      output.answer({ version, removed: name }, () => [`rule '${name}' is gone (configuration ${version})`]);
    });
