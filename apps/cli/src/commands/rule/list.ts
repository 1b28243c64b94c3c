import type { ConfigurationInForce } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { oneLine } from '../../output/one-line.js';

/** `waystation rule list` */
export const listRules = (): Command =>
  new Command('list')
    .description('lists the rules in force, in the order in which they are asked')
    .addHelpText('after', '\nExample:\n  waystation rule list --json')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const { document } = await api.control<ConfigurationInForce>('GET', 'api/configuration');
      const { effectOf } = await import('./effect-of.js');
      output.list(
        document.rules,
        { NAME: ({ name }) => name, WHEN: ({ condition }) => oneLine(condition), THEN: effectOf },
        'no rules yet: series are kept and go nowhere; add one: waystation rule add --help',
      );
    });
