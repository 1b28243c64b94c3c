import { randomBytes, randomUUID } from 'node:crypto';
import { configurationDecider } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { ConfigurationDocument, streamName } from '@waystation/events';
import { CreateIdentityKeys1767268800000, openIdentities, type Identities } from '@waystation/identity';
import pg from 'pg';

/** A log with keys of patients, in a database that nobody else uses. */
export class RoutingLog implements AsyncDisposable {
  readonly commands: CommandHandler;

  private constructor(
    readonly log: EventLog,
    readonly identities: Identities,
    private readonly server: pg.Client,
    private readonly database: string,
  ) {
    this.commands = new CommandHandler(log, 'routing');
  }

  static async make(): Promise<RoutingLog> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    await server.connect();
    const database = `routing_${randomUUID().replaceAll('-', '')}`;
    await server.query(`create database ${database}`);
    const url = new URL(`/${database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
    await migrate(url, [CreateIdentityKeys1767268800000]);
    const log = await EventLog.open({ url, applicationName: 'routing-spec' });
    const settings = { key: { text: randomBytes(32).toString('base64') }, previousKey: undefined };
    const identities = await openIdentities({ database: log, settings, onKeyMade: () => undefined });
    return new RoutingLog(log, identities, server, database);
  }

  /** Brings a configuration into force. */
  async publish(document: object): Promise<void> {
    await this.commands.handle(configurationDecider, streamName.configuration, {
      kind: 'publish-configuration',
      document: ConfigurationDocument.parse(document),
      author: 'r.huber',
      reason: 'a test',
      knownTags: ['Modality', 'PatientID'],
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.log.close();
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
  }
}
