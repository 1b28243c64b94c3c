import { randomBytes, randomUUID } from 'node:crypto';
import type { IdentitySettings } from '@waystation/configuration';
import { EventLog, migrate } from '@waystation/event-log';
import pg from 'pg';
import { openIdentities } from '../src/open-identities.js';
import type { Identities } from '../src/identities.js';
import { CreateIdentityKeys1767268800000 } from '../src/migrations/create-identity-keys.js';

/** Settings that name a key. */
export const keyed = (key: Buffer, previous?: Buffer): IdentitySettings => ({
  key: { text: key.toString('base64') },
  previousKey: previous && { text: previous.toString('base64') },
});

/** Keys of patients in a database that nobody else uses. */
export class KeyPlace implements AsyncDisposable {
  private readonly logs: EventLog[] = [];

  private constructor(
    private readonly url: string,
    private readonly server: pg.Client,
    /** A superuser's session. */
    readonly admin: pg.Client,
  ) {}

  static async make(): Promise<KeyPlace> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    await server.connect();
    const name = `identity_${randomUUID().replaceAll('-', '')}`;
    await server.query(`create database ${name}`);
    const url = new URL(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
    url.pathname = `/${name}`;
    await migrate(url.href, [CreateIdentityKeys1767268800000]);
    const admin = new pg.Client(url.href);
    admin.on('error', () => {});
    await admin.connect();
    return new KeyPlace(url.href, server, admin);
  }

  /** Opens the keys as another process would. */
  async open(
    settings: IdentitySettings = keyed(randomBytes(32)),
    onKeyMade: (path: string) => void = () => {},
  ): Promise<Identities> {
    const database = await EventLog.open({ url: this.url, applicationName: 'identity-spec' });
    this.logs.push(database);
    return openIdentities({ database, settings, onKeyMade });
  }

  async count(): Promise<number> {
    const { rows } = await this.admin.query<{ count: string }>('select count(*) from identity.data_key');
    return Number(rows[0]?.count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.logs.map((log) => log.close()));
    await this.admin.end();
    await this.server.query(`drop database ${new URL(this.url).pathname.slice(1)} with (force)`);
    await this.server.end();
  }
}
