import type { CloudEvent } from '@waystation/events';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneLine } from '../output/one-line.js';
import { subjectPath } from './subject-path.js';

type Entry = CloudEvent & { readonly sentence: string };

/** `waystation history SERIES` */
export const historyCommand = (): Command =>
  new Command('history')
    .description('tells what happened to a series, in causal order')
    .argument('<series>', 'Series Instance UID, `configuration`, or a stream such as delivery/<id>')
    .addHelpText(
      'after',
      `
Examples:
  waystation history 1.2.826.0.1.3680043.8.1055.1
  waystation history configuration
  waystation history delivery/3f2a… --json`,
    )
    .action(async (series: string, _options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const entries = await api.get<readonly Entry[]>(`${subjectPath(series)}/history`);
      output.list(
        entries,
        {
          POSITION: ({ id }) => Number(id),
          TIME: ({ recordedtime }) => recordedtime,
          CAUSE: ({ causationid }) => causationid ?? '',
          EVENT: ({ type }) => type,
          'WHAT HAPPENED': ({ sentence }) => oneLine(sentence),
        },
        'nothing happened',
      );
    });
