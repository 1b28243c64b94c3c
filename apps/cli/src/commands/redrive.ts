import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorship, type Authorship } from './authorship.js';

/** `waystation redrive DELIVERY` */
export const redriveCommand = (): Command =>
  authorship(new Command('redrive'))
    .description('tries a waiting or abandoned delivery again now; only what has no receipt is sent')
    .argument('<delivery>', 'as `waystation deliveries` shows it')
    .addHelpText('after', '\nExample:\n  waystation redrive 3f2a91c07d5e44b81a90 --reason "archive is back"')
    .action(async (delivery: string, { author, reason }: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/deliveries/${encodeURIComponent(delivery)}/redrive?${new URLSearchParams({ author, reason }).toString()}`;
      const answer = await api.control<{ status: string }>('POST', path);
      output.answer(answer, () => [`delivery ${delivery} is ${answer.status} and due now`]);
    });
