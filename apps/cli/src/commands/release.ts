import type { DeliveryLine } from '@waystation/answers';
import { CodedError, hasCode } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

interface Options extends Authorship {
  readonly hold?: string;
  readonly target?: string;
}

const PAGE = 1000;

/** `waystation release DELIVERY` */
export const releaseCommand = (): Command =>
  authorship(new Command('release'))
    .description('sends a delivery now that is held or waits, at whatever hour')
    .argument('[delivery]', 'as `waystation deliveries` shows it')
    .option('--hold <reason>', 'in place of one: all that are held for this, off-peak, after or operator')
    .option('--target <name>', 'with --hold: only those to this target')
    .addHelpText(
      'after',
      `
Examples:
  waystation release 3f2a91c07d5e44b81a90 --reason "the surgeon waits"
  waystation release --hold off-peak --target archive --reason "the archive is idle"`,
    )
    .action(async (delivery: string | undefined, options: Options, command: Command) => {
      const { api, output } = contextOf(command);
      if ((delivery === undefined) === (options.hold === undefined))
        throw new CodedError('cli.release-what', 'expected either a delivery or --hold, see waystation release --help');
      const released: string[] = [];
      if (delivery === undefined)
        for (const held of await heldBy(api, options)) await releaseHeld(api, held, options, released);
      else {
        await release(api, delivery, options);
        released.push(delivery);
      }
      output.answer({ released }, () =>
        released.length === 0 ? ['nothing is held for that'] : released.map((one) => `delivery ${one} is due now`),
      );
    });

const release = (api: Api, delivery: string, by: Authorship): Promise<unknown> =>
  api.control('POST', `api/deliveries/${encodeURIComponent(delivery)}/release?${authorQuery(by)}`);

/** One that was begun since it was listed needs no release. */
const releaseHeld = async (api: Api, delivery: string, by: Authorship, released: string[]): Promise<void> => {
  try {
    await release(api, delivery, by);
    released.push(delivery);
  } catch (error) {
    if (!hasCode(error, 'delivery.not-releasable')) throw error;
  }
};

const heldBy = async (api: Api, { hold = '', target }: Options): Promise<readonly string[]> => {
  const held: string[] = [];
  for (let before: number | undefined; ;) {
    const query = { status: 'held', hold, limit: String(PAGE), ...(target === undefined ? {} : { target }) };
    const page = new URLSearchParams(before === undefined ? query : { ...query, before: String(before) });
    const lines = await api.get<readonly DeliveryLine[]>(`api/deliveries?${page.toString()}`);
    held.push(...lines.map(({ delivery }) => delivery));
    before = lines.at(-1)?.position;
    if (lines.length < PAGE) return held;
  }
};
