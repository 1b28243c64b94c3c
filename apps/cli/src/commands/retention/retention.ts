import type { RetentionLine } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { oneMore } from '../../one-more.js';
import { oneLine } from '../../output/one-line.js';
import { readConfiguration } from '../../read-configuration.js';
import { holdSeries } from './hold.js';
import { releaseSeries } from './release.js';

/** `waystation retention …` */
export const retentionCommand = (): Command =>
  new Command('retention')
    .description('shows what would expire, when and why; changes nothing')
    .option('--with <file>', 'by this configuration instead of the one in force')
    .option('--series <uid>', 'only this series and its jobs')
    .option('--study <uid>', 'only this study')
    .option('--all', 'also what is kept for ever, or goes on')
    .option('--limit <n>', 'how many; what was touched longest ago first', '50')
    .addHelpText(
      'after',
      `
Nothing expires unless \`retention\` of the configuration says so.

Examples:
  waystation retention --all --series 1.2.840.113619.2.55.3
  waystation retention --with new.json`,
    )
    .addCommand(holdSeries())
    .addCommand(releaseSeries())
    .action(async ({ with: file, ...options }: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/retention?${new URLSearchParams(oneMore(options)).toString()}`;
      output.list(
        file === undefined
          ? await api.get<readonly RetentionLine[]>(path)
          : await api.post<readonly RetentionLine[]>(path, { document: await readConfiguration(file) }),
        {
          'SERIES OR JOB': ({ stream }) => stream,
          OBJECTS: ({ objects }) => objects,
          BYTES: ({ bytes }) => bytes,
          EXPIRES: ({ what, until }) => (what === 'expires' ? 'now' : (until ?? 'never')),
          POLICY: ({ policy }) => policy ?? '',
          WHY: ({ because }) => oneLine(because),
        },
        'nothing expires; --all lists what is kept, and why',
        Number(options['limit']),
      );
    });
