import type { Explanation } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';

/** `waystation explain SERIES` */
export const explainCommand = (): Command =>
  new Command('explain')
    .description('says why a series completed when it did, what each rule saw, and why each delivery went where')
    .argument('<series>', 'Series Instance UID')
    .option('--revision <n>', 'which time it was complete; the last one unless told')
    .addHelpText(
      'after',
      `
Examples:
  waystation explain 1.2.826.0.1.3680043.8.1055.1
  waystation explain 1.2.826.0.1.3680043.8.1055.1 --revision 1 --json`,
    )
    .action(async (series: string, { revision }: { readonly revision?: string }, command: Command) => {
      const { api, output } = contextOf(command);
      const query = revision === undefined ? '' : `?${new URLSearchParams({ revision }).toString()}`;
      const explanation = await api.get<Explanation>(`api/series/${encodeURIComponent(series)}/explanation${query}`);
      const { explanationPage } = await import('../output/explanation-page.js');
      output.answer(explanation, () => explanationPage(explanation));
    });
