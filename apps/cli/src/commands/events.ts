import type { CloudEvent } from '@waystation/events';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { followEvents } from '../follow-events.js';
import { oneLine } from '../output/one-line.js';

interface EventsOptions {
  readonly after?: string;
  readonly type?: string;
  readonly stream?: string;
  readonly study?: string;
  readonly limit: string;
  readonly follow?: boolean;
}

/** `waystation events` */
export const eventsCommand = (): Command =>
  new Command('events')
    .description('lists the events behind a position, or follows them as they come')
    .option('--after <position>', 'begin behind this position; `head` is the end of the log, where --follow begins')
    .option('--type <patterns>', 'only of these types: series.completed, series.*; several with commas')
    .option('--stream <patterns>', 'only of these streams: series/<uid>, delivery/*; several with commas')
    .option('--study <uid>', 'only of this study, its series and their deliveries')
    .option('--limit <n>', 'how many, without --follow', '100')
    .option('--follow', 'go on with what comes, until it is interrupted; with --json an event a line')
    .addHelpText(
      'after',
      `
Examples:
  waystation events --after 1200
  waystation events --follow --type "series.completed,delivery.*"
  waystation events --follow --after 0 --json | jq .type`,
    )
    .action(async (options: EventsOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const query = queryOf(options);
      if (options.follow === true) {
        for await (const event of followEvents(api, query, options.after ?? 'head'))
          output.next(event, () => Object.values(columns).map((cell) => String(cell(event))));
        return;
      }
      query.set('after', options.after ?? '0');
      output.list(await eventsOf(query, Number(options.limit), (path) => api.page(path)), columns, 'no such events');
    });

const columns: Readonly<Record<string, (event: CloudEvent) => string | number>> = {
  POSITION: ({ id }) => Number(id),
  TIME: ({ recordedtime }) => recordedtime,
  EVENT: ({ type }) => type,
  STREAM: ({ subject }) => oneLine(subject),
};

const queryOf = ({ type, stream, study }: EventsOptions): URLSearchParams =>
  new URLSearchParams(
    Object.entries({ type, stream, study }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    ),
  );

/** As many as asked for, page by page. */
const eventsOf = async (
  query: URLSearchParams,
  limit: number,
  read: (path: string) => Promise<{ readonly answer: readonly CloudEvent[]; readonly next: string }>,
): Promise<readonly CloudEvent[]> => {
  const events: CloudEvent[] = [];
  for (;;) {
    query.set('limit', String(Math.min(1000, limit - events.length)));
    const { answer, next } = await read(`api/events?${query.toString()}`);
    events.push(...answer);
    if (events.length >= limit || next === query.get('after') || (answer.length === 0 && query.get('after') === 'head'))
      return events;
    query.set('after', next);
  }
};
