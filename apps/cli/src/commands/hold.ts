import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

/** `waystation hold DELIVERY` */
export const holdCommand = (): Command =>
  authorship(new Command('hold'))
    .description('has a waiting delivery wait until somebody releases it')
    .argument('<delivery>', 'as `waystation deliveries` shows it')
    .addHelpText('after', '\nExample:\n  waystation hold 3f2a91c07d5e44b81a90 --reason "the archive is being moved"')
    .action(async (delivery: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/deliveries/${encodeURIComponent(delivery)}/hold?${authorQuery(by)}`;
      const answer = await api.control<{ status: string }>('POST', path);
      output.answer(answer, () => [`delivery ${delivery} is ${answer.status}`]);
    });
