import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

interface Options extends Authorship {
  readonly transferSyntax?: string;
  readonly uidsOfDataSet?: true;
}

/** `waystation reinject POSITION…` */
export const reinjectCommand = (): Command =>
  authorship(new Command('reinject'))
    .description(
      'has objects in quarantine taken in again, as if their sender had sent them once more; `waystation quarantine` shows what became of them',
    )
    .argument('<position...>', 'as `waystation quarantine` shows it')
    .option('--transfer-syntax <uid>', 'what the data set really is, where the sender said something else')
    .option('--uids-of-data-set', 'by the SOP Class and Instance UID of the data set, where the C-STORE named others')
    .addHelpText(
      'after',
      `
Examples:
  waystation reinject 4711 --uids-of-data-set --reason "the gateway renames what it sends"
  waystation reinject 4711 4715 --transfer-syntax 1.2.840.10008.1.2 --reason "it is Implicit VR"`,
    )
    .action(async (positions: readonly string[], options: Options, command: Command) => {
      const { api, output } = contextOf(command);
      const { transferSyntax, uidsOfDataSet, ...by } = options;
      const wanted = {
        ...(uidsOfDataSet && { uidsFrom: 'data-set' }),
        ...(transferSyntax !== undefined && { transferSyntaxUid: transferSyntax }),
      };
      const asked: { readonly position: number; readonly status: string }[] = [];
      for (const position of positions) {
        const path = `api/quarantine/${encodeURIComponent(position)}/reinject?${authorQuery(by)}`;
        asked.push(await api.control('POST', path, wanted));
      }
      output.answer(asked, () =>
        asked.map(({ position, status }) => `the object of position ${position} is ${status}`),
      );
    });
