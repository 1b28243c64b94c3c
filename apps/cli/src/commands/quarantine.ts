import type { QuarantineLine, RefusalLine } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneMore } from '../one-more.js';
import { oneLine } from '../output/one-line.js';

/** `waystation quarantine` */
export const quarantineCommand = (): Command =>
  new Command('quarantine')
    .description(
      'lists objects that could not be understood; their bytes are kept, and `waystation reinject` takes them in',
    )
    .option('--limit <n>', 'how many', '50')
    .addHelpText('after', '\nExample:\n  waystation quarantine')
    .action(async (options: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly QuarantineLine[]>(`api/quarantine?${new URLSearchParams(oneMore(options)).toString()}`),
        {
          POSITION: ({ position }) => position,
          TIME: ({ quarantinedAt }) => quarantinedAt,
          'SOP INSTANCE': ({ sopInstanceUid }) => oneLine(sopInstanceUid),
          STATUS: (line) => oneLine(whatBecameOf(line)),
          REASON: ({ reason }) => oneLine(reason),
          OBJECT: ({ objectKey }) => objectKey,
        },
        'nothing is in quarantine',
        Number(options['limit']),
      );
    });

const whatBecameOf = ({ status, seriesInstanceUid, refusal }: QuarantineLine): string =>
  [status, ...(seriesInstanceUid === null ? [] : [seriesInstanceUid]), ...(refusal === null ? [] : [refusal])].join(
    ' ',
  );

/** `waystation refusals` */
export const refusalsCommand = (): Command =>
  new Command('refusals')
    .description('lists what peers were refused, the last first: associations, operations and objects')
    .option('--what <what>', 'association, operation or object')
    .option('--from <ae>', 'only of who calls itself so')
    .option('--limit <n>', 'how many', '50')
    .addHelpText('after', '\nExample:\n  waystation refusals --what association --from CT1')
    .action(async (options: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly RefusalLine[]>(`api/refusals?${new URLSearchParams(oneMore(options)).toString()}`),
        {
          TIME: ({ refusedAt }) => refusedAt,
          FROM: ({ callingAeTitle }) => oneLine(callingAeTitle),
          ADDRESS: ({ address }) => address,
          REFUSED: ({ what }) => what,
          'ASKED FOR': ({ subject }) => oneLine(subject),
          REASON: ({ reason }) => oneLine(reason),
        },
        'nothing was refused',
        Number(options['limit']),
      );
    });
