import type { ConfigurationVersion } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { changesTold } from '../../output/change-lines.js';
import { oneLine } from '../../output/one-line.js';

/** `waystation config versions` */
export const listVersions = (): Command =>
  new Command('versions')
    .description('lists every configuration that was published, the newest first')
    .addHelpText('after', '\nExample:\n  waystation config versions')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.control<readonly ConfigurationVersion[]>('GET', 'api/configuration/versions'),
        {
          VERSION: ({ version }) => version,
          PUBLISHED: ({ recordedtime }) => recordedtime,
          AUTHOR: ({ author }) => oneLine(author),
          REASON: ({ reason }) => oneLine(reason),
          CHANGES: ({ changes, rolledBackTo }) =>
            oneLine(`${rolledBackTo === null ? '' : `back to ${rolledBackTo}: `}${changesTold(changes)}`),
        },
        'none was published yet',
      );
    });
