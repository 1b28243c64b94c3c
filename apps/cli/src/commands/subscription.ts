import { resolve } from 'node:path';
import type { PublishedConfiguration, SubscriptionLine } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { oneLine } from '../output/one-line.js';
import { authorQuery, authorship, editPath, type Authorship } from './authorship.js';
import { removePart } from './remove-part.js';

interface SubscriptionOptions extends Authorship {
  readonly to: string;
  readonly type?: string;
  readonly stream?: string;
  readonly fromBeginning?: boolean;
  readonly secretFile?: string;
  readonly caFile?: string;
  readonly timeout?: string;
  readonly batch?: string;
  readonly batchWait?: string;
  readonly disabled?: boolean;
}

/** `waystation subscription …` */
export const subscriptionCommand = (): Command =>
  new Command('subscription')
    .description('endpoints that events are sent to as they are appended')
    .addCommand(addSubscription())
    .addCommand(listSubscriptions())
    .addCommand(redeliver())
    .addCommand(removeSubscription());

const addSubscription = (): Command =>
  authorship(new Command('add'))
    .description('sends events to an endpoint, in order, until it takes them; or replaces what was said of it')
    .argument('<name>')
    .requiredOption('--to <url>', 'http: or https: URL of the endpoint')
    .option('--type <patterns>', 'only of these types: series.completed, delivery.*; several with commas')
    .option('--stream <patterns>', 'only of these streams; several with commas')
    .option('--from-beginning', 'everything that happened before as well')
    .option(
      '--secret-file <file>',
      'file with the secret that requests are signed with, where the webhooks are sent from',
    )
    .option('--ca-file <file>', 'PEM file with the authorities of an https endpoint, where the webhooks are sent from')
    .option('--timeout <seconds>', 'no answer for this long is a failure')
    .option('--batch <n>', 'up to so many events in one request, as a CloudEvents batch')
    .option('--batch-wait <ms>', 'how long a batch waits for more', '1000')
    .option('--disabled', 'send nothing for now, and keep the place')
    .addHelpText(
      'after',
      `
Examples:
  waystation subscription add ris --to https://ris.hospital.example/events --type "series.completed,delivery.*"
  waystation subscription add lake --to http://10.0.0.7:8080/events --from-beginning --batch 500 --secret-file /run/secrets/lake`,
    )
    .action(async (name: string, options: SubscriptionOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`subscriptions/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<PublishedConfiguration>('PUT', path, subscriptionOf(name, options));
      output.answer({ version, subscription: name }, () => [
        `subscription '${name}' is in force (configuration ${version})`,
      ]);
    });

const subscriptionOf = (name: string, options: SubscriptionOptions): object => {
  const { to, type, stream, fromBeginning, secretFile, caFile, timeout, batch, batchWait, disabled } = options;
  return {
    name,
    url: to,
    types: type?.split(','),
    streams: stream?.split(','),
    from: fromBeginning === true ? 'beginning' : 'now',
    secretFile: secretFile && resolve(secretFile),
    caFile: caFile && resolve(caFile),
    timeoutSeconds: timeout === undefined ? undefined : Number(timeout),
    batch: batch === undefined ? undefined : { max: Number(batch), waitMs: Number(batchWait) },
    disabled: disabled === true,
  };
};

const listSubscriptions = (): Command =>
  new Command('list')
    .description('lists the endpoints: how far each is, why it takes nothing, what it refused')
    .addHelpText('after', '\nExample:\n  waystation subscription list')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly SubscriptionLine[]>('api/subscriptions'),
        {
          NAME: ({ name }) => name,
          URL: ({ url }) => oneLine(url),
          STATUS: ({ status }) => status,
          POSITION: ({ position }) => position,
          BEHIND: ({ behind }) => behind,
          WHY: ({ stalled }) => (stalled === null ? '' : oneLine(stalled.reason)),
          REFUSED: ({ parked }) => parked.map(({ position }) => position).join(' '),
        },
        'nobody is told of events; see: waystation subscription add --help',
      );
    });

const redeliver = (): Command =>
  authorship(new Command('redeliver'))
    .description('sends an endpoint an event once more, such as one that it refused')
    .argument('<name>')
    .argument('<position>')
    .addHelpText('after', '\nExample:\n  waystation subscription redeliver ris 4711 --reason "knows this type now"')
    .action(async (name: string, position: string, by: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      const path = `api/subscriptions/${encodeURIComponent(name)}/redeliver?${authorQuery(by)}`;
      const answer = await api.control('POST', `${path}&${new URLSearchParams({ position }).toString()}`);
      output.answer(answer, () => [`position ${position} will be sent to '${name}' once more`]);
    });

const removeSubscription = (): Command =>
  removePart({
    kind: 'subscription',
    description: 'sends an endpoint nothing more, and forgets how far it was',
    example: 'ris --reason "RIS replaced"',
  });
