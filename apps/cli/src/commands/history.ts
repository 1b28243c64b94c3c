import type { HistoryEntry } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { historyTree } from '../output/history-tree.js';
import { oneLine } from '../output/one-line.js';
import { subjectArgument, subjectPath } from './subject-path.js';

/** `waystation history SUBJECT` */
export const historyCommand = (): Command =>
  new Command('history')
    .description('tells what happened to a series, a whole study, or any stream, in causal order')
    .argument('<subject>', subjectArgument)
    .option('--tree', 'show what caused what, and much of the same in one line')
    .addHelpText(
      'after',
      `
A study is told with its series, deliveries and associations, the configurations that decided, and whatever is named as a
cause; a series with its study, deliveries and associations; a stream (study/<uid>) alone.

Examples:
  waystation history 1.2.826.0.1.3680043.8.1055.1
  waystation history 1.2.826.0.1.3680043.8.1055 --tree
  waystation history configuration
  waystation history delivery/3f2a… --json`,
    )
    .action(async (subject: string, { tree }: { readonly tree?: boolean }, command: Command) => {
      const { api, output } = contextOf(command);
      const entries = await api.get<readonly HistoryEntry[]>(`${await subjectPath(api, subject)}/history`);
      if (tree === true) return output.answer(entries, () => historyTree(entries));
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
