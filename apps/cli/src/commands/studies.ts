import type { StudyLine } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneMore } from '../one-more.js';
import { oneLine } from '../output/one-line.js';

/** `waystation studies` */
export const studiesCommand = (): Command =>
  new Command('studies')
    .description('lists studies that rules wait for, and what they wait for; those that wait unless asked otherwise')
    .option('--study <uid>', 'only this study')
    .option('--rule <name>', 'only for this rule')
    .option('--status <status>', 'waiting, complete, discarded or any', 'waiting')
    .option('--limit <n>', 'how many', '50')
    .addHelpText('after', '\nExample:\n  waystation studies --rule "Whole head"')
    .action(async (options: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly StudyLine[]>(`api/studies?${new URLSearchParams(oneMore(options)).toString()}`),
        {
          STUDY: ({ studyInstanceUid }) => studyInstanceUid,
          RULE: ({ rule }) => rule,
          STATUS: ({ status }) => status,
          SERIES: ({ waiting }) => waiting,
          DISCARDED: ({ discarded }) => discarded,
          REVISION: ({ revision }) => revision,
          SINCE: ({ waitingSince }) => waitingSince ?? '',
          'WAITS FOR': ({ waitsFor }) => oneLine(waitsFor ?? ''),
        },
        options['status'] === 'waiting'
          ? `nothing of ${options['study'] === undefined ? 'any study' : 'this study'} waits; --status any lists what is complete or discarded, too`
          : 'no such study',
        Number(options['limit']),
      );
    });
