import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { authorQuery, authorship, type Authorship } from '../authorship.js';

/** `waystation retention release SERIES` */
export const releaseSeries = (): Command =>
  authorship(new Command('release'))
    .description('keeps the objects of a series as long as the configuration says again')
    .argument('<series>', 'Series Instance UID, as `waystation series` shows it')
    .addHelpText(
      'after',
      '\nExample:\n  waystation retention release 1.2.840.113619.2.55.3 --reason "the court has its copy"',
    )
    .action(async (series: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/series/${encodeURIComponent(series)}/release?${authorQuery(by)}`;
      const answer = await api.control<{ series: string }>('POST', path);
      output.answer(answer, () => [`objects of series ${series} are kept as long as the configuration says`]);
    });
