import { randomUUID } from 'node:crypto';
import { configurationDecider, timerOfRequest, type DeliveryEvent } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { ConfigurationDocument, DeliveryRequested, streamName, type NewEvent } from '@waystation/events';
import { exampleDelivery, exampleSeries } from '@waystation/testing';
import pg from 'pg';

/** A log of its own with the example series, and what dispatch brings its commands to it with. */
export class DispatchLog implements AsyncDisposable {
  private constructor(
    private readonly server: pg.Client,
    private readonly database: string,
    readonly log: EventLog,
    readonly commands: CommandHandler,
  ) {}

  static async create(): Promise<DispatchLog> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    await server.connect();
    const database = `dispatch_${randomUUID().replaceAll('-', '')}`;
    await server.query(`create database ${database}`);
    const url = new URL(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
    url.pathname = `/${database}`;
    await migrate(url.href);
    const log = await EventLog.open({ url: url.href, applicationName: 'dispatch-spec' });
    const made = new DispatchLog(server, database, log, new CommandHandler(log, 'dispatch'));
    const series = [exampleSeries.opened(), exampleSeries.stored(1), exampleSeries.stored(2)];
    await made.append(streamName.series(exampleSeries.seriesInstanceUid), ...series);
    return made;
  }

  append(stream: string, ...events: readonly NewEvent[]) {
    const parts = [{ stream, expected: 'any', events }] as const;
    return this.log.append({ parts, time: new Date().toISOString(), metadata: {} });
  }

  /** Publishes a configuration with a target for the example delivery. */
  async publish(document: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const targets = [
      { kind: 'folder', name: exampleDelivery.target, path: '/srv/archive', retry: exampleDelivery.retry },
    ];
    await this.commands.handle(configurationDecider, streamName.configuration, {
      kind: 'publish-configuration',
      document: ConfigurationDocument.parse({ targets, ...document }),
      author: 'r.huber',
      reason: 'a test',
      knownTags: [],
    });
  }

  /** Requests a delivery of two images as routing does. @returns its stream */
  async request(changes: Partial<DeliveryRequested['data']> = {}): Promise<string> {
    const delivery = changes.delivery ?? randomUUID();
    const requested = exampleDelivery.requested(2, { ...changes, delivery });
    const stream = streamName.delivery(delivery);
    const parts = [{ stream, expected: 0, events: [requested], timer: timerOfRequest(requested.data) }];
    await this.log.append({ parts, time: new Date().toISOString(), metadata: {} });
    return stream;
  }

  /** What happened to a delivery so far. */
  async typesOf(stream: string): Promise<readonly DeliveryEvent['type'][]> {
    return (await this.log.readStream(stream)).map(({ type }) => type as DeliveryEvent['type']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.log.close();
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
  }
}
