import type { DeliveryLine, SeriesLine } from '@waystation/answers';
import type { TimerQueue } from '@waystation/event-log';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';
import { oneMore } from '../one-more.js';
import { oneLine } from '../output/one-line.js';
import { listDerivedSeries } from './list-derived-series.js';

interface SeriesOptions {
  readonly derived?: boolean;
  readonly of?: string;
  readonly limit: string;
}

/** `waystation series`; those that modules made are a list of their own, as nobody sent them. */
export const seriesCommand = (): Command =>
  new Command('series')
    .description('lists series, the one with the newest event first')
    .option('--study <uid>', 'only of this study')
    .option('--patient-id <id>', 'only of the patient with exactly this Patient ID')
    .option('--issuer <issuer>', 'who gave the Patient ID; any where it is not said')
    .option('--patient-name <words>', 'only of patients whose name has these words, in any order')
    .option('--modality <modality>', 'only of this modality')
    .option('--status <status>', 'receiving or complete')
    .option('--outcome <outcome>', 'routed, discarded, unmatched or undecided')
    .option('--limit <n>', 'how many', '50')
    .option(
      '--derived',
      'instead those that modules made: by which job, and of which series; with --study, --of and --limit',
    )
    .option('--of <uid>', 'only what was made of this series')
    .addHelpText(
      'after',
      '\nExamples:\n  waystation series --modality CT --outcome unmatched\n  waystation series --derived --study 1.2.826.0.1.3680043.8.1055',
    )
    .action(async ({ derived = false, of, ...options }: SeriesOptions, command: Command) => {
      if (derived || of !== undefined) return listDerivedSeries({ ...options, ...(of && { of }) }, command);
      const { api, output } = contextOf(command);
      output.list(
        await askForSeries(api, oneMore(options)),
        {
          SERIES: ({ seriesInstanceUid }) => seriesInstanceUid,
          MODALITY: ({ modality }) => oneLine(modality),
          DESCRIPTION: ({ description }) => oneLine(description),
          PATIENT: ({ patient }) => oneLine(patient),
          OBJECTS: ({ instances }) => instances,
          SPOOLED: ({ spooled }) => spooled,
          EXPIRED: ({ expired }) => expired,
          STATUS: ({ status }) => status,
          OUTCOME: ({ outcome }) => outcome ?? '',
          RECEIVED: ({ lastReceivedAt }) => lastReceivedAt,
        },
        'no such series',
        Number(options.limit),
      );
    });

/** Who somebody is has no place in an address. */
const askForSeries = (api: Api, options: Record<string, string>): Promise<readonly SeriesLine[]> =>
  options['patientId'] === undefined && options['patientName'] === undefined
    ? api.get(`api/series?${new URLSearchParams(options).toString()}`)
    : api.post('api/series/search', options);

/** `waystation deliveries` */
export const deliveriesCommand = (): Command =>
  new Command('deliveries')
    .description('lists deliveries, the one with the newest event first')
    .option('--series <uid>', 'only of this series')
    .option('--target <name>', 'only to this target')
    .option('--status <status>', 'waiting, held, attempting, succeeded or abandoned')
    .option('--priority <priority>', 'normal, urgent or off-peak')
    .option('--hold <reason>', 'why it is held: off-peak, after or operator')
    .option('--limit <n>', 'how many', '50')
    .addHelpText('after', '\nExample:\n  waystation deliveries --status abandoned')
    .action(async (options: Record<string, string>, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly DeliveryLine[]>(`api/deliveries?${new URLSearchParams(oneMore(options)).toString()}`),
        {
          DELIVERY: ({ delivery }) => delivery,
          SERIES: ({ seriesInstanceUid }) => seriesInstanceUid,
          TARGET: ({ target }) => target,
          PRIORITY: ({ priority }) => priority,
          STATUS: ({ status }) => status,
          'HELD FOR': (line) => oneLine(heldFor(line)),
          ATTEMPTS: ({ attempts }) => attempts,
          DELIVERED: ({ delivered, instances }) => `${delivered}/${instances}`,
          'LAST FAILURE': ({ lastFailure }) => oneLine(lastFailure ?? ''),
        },
        'no such delivery',
        Number(options['limit']),
      );
    });

const heldFor = ({ hold, heldUntil, heldFor: what }: DeliveryLine): string => {
  if (hold === null) return '';
  if (hold === 'off-peak') return `off-peak hours from ${heldUntil ?? ''}`;
  return hold === 'after' ? `delivery ${what ?? ''}` : `an operator${what === null || what === '' ? '' : `: ${what}`}`;
};

/** `waystation queues` */
export const queuesCommand = (): Command =>
  new Command('queues')
    .description('shows what waits: series to become quiet, deliveries in the lane of their target')
    .addHelpText('after', '\nExample:\n  waystation queues')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      output.list(
        await api.get<readonly TimerQueue[]>('api/queues'),
        {
          QUEUE: ({ queue }) => queue,
          WAITING: ({ waiting }) => waiting,
          URGENT: ({ urgent }) => urgent,
          DUE: ({ due }) => due,
          'IN WORK': ({ claimed }) => claimed,
          'NEXT DUE': ({ nextDueAt }) => nextDueAt ?? '',
        },
        'nothing waits',
      );
    });
