import type { NotificationLine } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneMore } from '../one-more.js';
import { oneLine } from '../output/one-line.js';

/** `waystation notifications` */
export const notificationsCommand = (): Command =>
  new Command('notifications')
    .description('lists whom rules told of what, the one with the newest event first')
    .option('--study <uid>', 'only of this study and its series')
    .option('--series <uid>', 'only of this series')
    .option('--channel <name>', 'only to this channel')
    .option('--status <status>', 'waiting, attempting, sent or abandoned')
    .option('--limit <n>', 'how many', '50')
    .addHelpText('after', '\nExample:\n  waystation notifications --status abandoned')
    .action(async (options: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly NotificationLine[]>(
          `api/notifications?${new URLSearchParams(oneMore(options)).toString()}`,
        ),
        {
          NOTIFICATION: ({ notification }) => notification,
          RULE: ({ rule }) => rule,
          EVENT: ({ event }) => event,
          CHANNEL: ({ channel }) => channel,
          STATUS: ({ status }) => status,
          ATTEMPTS: ({ attempts }) => attempts,
          ABOUT: ({ seriesInstanceUid, studyInstanceUid }) => seriesInstanceUid ?? studyInstanceUid,
          'LAST FAILURE': ({ lastFailure }) => oneLine(lastFailure ?? ''),
        },
        'no such notification',
        Number(options['limit']),
      );
    });
