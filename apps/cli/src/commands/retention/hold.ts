import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { authorQuery, authorship, type Authorship } from '../authorship.js';

/** `waystation retention hold SERIES` */
export const holdSeries = (): Command =>
  authorship(new Command('hold'))
    .description('keeps the objects of a series whatever the configuration says, until they are released')
    .argument('<series>', 'Series Instance UID, as `waystation series` shows it')
    .addHelpText(
      'after',
      '\nExample:\n  waystation retention hold 1.2.840.113619.2.55.3 --reason "request 4711 of the court"',
    )
    .action(async (series: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/series/${encodeURIComponent(series)}/hold?${authorQuery(by)}`;
      const answer = await api.control<{ series: string }>('POST', path);
      output.answer(answer, () => [`objects of series ${series} are kept until somebody releases them`]);
    });
