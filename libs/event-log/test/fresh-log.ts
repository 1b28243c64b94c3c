import { randomBytes } from 'node:crypto';
import type { ObjectStore } from '@waystation/object-store';
import pg from 'pg';
import { EventLog } from '../src/event-log.js';
import { migrate } from '../src/migrations/migrate.js';

const serverUrl = (): string => {
  const url = process.env['WAYSTATION_TEST_POSTGRES_URL'];
  if (!url) throw new Error('WAYSTATION_TEST_POSTGRES_URL names no Postgres: run the suite with its services');
  return url;
};

/** A database of its own for a spec, with the means to do what no service may. */
export interface FreshLog extends AsyncDisposable {
  readonly url: string;
  /** A superuser's session on the database. */
  readonly admin: pg.Client;
  /** Opens the log; closed with the database. @param objects where copies of its segments are */
  open(url?: string, objects?: Pick<ObjectStore, 'get'>): Promise<EventLog>;
}

/** Makes a database; migrated unless `segmentSize` is null. */
export const freshLog = async (options: { readonly segmentSize?: number | null } = {}): Promise<FreshLog> => {
  const name = `event_log_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client(serverUrl());
  await server.connect();
  await server.query(`create database ${name}`);
  const address = new URL(serverUrl());
  address.pathname = `/${name}`;
  const url = address.href;
  const { segmentSize } = options;
  if (segmentSize !== null) await migrate(url, [], segmentSize === undefined ? {} : { segmentSize });
  const admin = new pg.Client(url);
  admin.on('error', () => {});
  await admin.connect();
  const opened: EventLog[] = [];
  return {
    url,
    admin,
    async open(over = url, objects) {
      const log = await EventLog.open({ url: over, applicationName: 'event-log-spec', ...(objects && { objects }) });
      opened.push(log);
      return log;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((log) => log.close()));
      await admin.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
};
