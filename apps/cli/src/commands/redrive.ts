import { hasCode } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

/** `waystation redrive DELIVERY|NOTIFICATION` */
export const redriveCommand = (): Command =>
  authorship(new Command('redrive'))
    .description('tries a waiting or abandoned delivery or notification again now; only what has no receipt is sent')
    .argument('<id>', 'as `waystation deliveries` or `waystation notifications` shows it')
    .addHelpText('after', '\nExample:\n  waystation redrive 3f2a91c07d5e44b81a90 --reason "archive is back"')
    .action(async (id: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const { what, answer } = await redrive(api, id, by);
      output.answer(answer, () => [`${what} ${id} is ${answer.status} and due now`]);
    });

interface Redriven {
  readonly what: 'delivery' | 'notification';
  readonly answer: { readonly status: string };
}

/** An id does not say what it is of. */
const redrive = async (api: Api, id: string, by: Authorship): Promise<Redriven> => {
  const ask = (what: string): Promise<{ readonly status: string }> =>
    api.control('POST', `api/${what}/${encodeURIComponent(id)}/redrive?${authorQuery(by)}`);
  try {
    return { what: 'delivery', answer: await ask('deliveries') };
  } catch (error) {
    if (!hasCode(error, 'delivery.unknown')) throw error;
    const answer = await ask('notifications').catch((second: unknown) => {
      throw hasCode(second, 'notification.unknown') ? error : second;
    });
    return { what: 'notification', answer };
  }
};
