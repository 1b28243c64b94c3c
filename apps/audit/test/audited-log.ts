import { randomBytes } from 'node:crypto';
import { EventLog, migrate } from '@waystation/event-log';
import { CreateIdentityKeys1767268800000, openIdentities, type Identities } from '@waystation/identity';
import type { ObjectStore } from '@waystation/object-store';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { CreateReadModels1767312000000 } from '../src/project-history/create-read-models.js';
import { ProjectHistory } from '../src/project-history/project-history.js';
import { digestOf, openReadModels } from '../src/project-history/read-models.js';

const serverUrl = (): string => {
  const url = process.env['WAYSTATION_TEST_POSTGRES_URL'];
  if (!url) throw new Error('WAYSTATION_TEST_POSTGRES_URL names no Postgres: run the suite with its services');
  return url;
};

/** A log of its own for a spec, with its read models. */
export interface AuditedLog extends AsyncDisposable {
  readonly url: string;
  readonly log: EventLog;
  readonly views: DataSource;
  readonly identities: Identities;
  readonly project: ProjectHistory;
  /** A superuser's session. */
  readonly admin: pg.Client;
  /** Brings the read models up to date. @returns their digest */
  digest(): Promise<string>;
}

/** How it differs from one as it is installed. */
export interface AuditedLogOptions {
  /** Positions in a segment of the log. */
  readonly segmentSize?: number;
  /** Where the copies of segments are that have left the database. */
  readonly objects?: ObjectStore;
}

/** Makes a database with a log and read models, both empty. */
export const auditedLog = async ({ segmentSize, objects }: AuditedLogOptions = {}): Promise<AuditedLog> => {
  const name = `audit_${randomBytes(6).toString('hex')}`;
  const server = new pg.Client(serverUrl());
  await server.connect();
  await server.query(`create database ${name}`);
  const address = new URL(serverUrl());
  address.pathname = `/${name}`;
  const url = address.href;
  await migrate(
    url,
    [CreateIdentityKeys1767268800000, CreateReadModels1767312000000],
    segmentSize === undefined ? {} : { segmentSize },
  );
  const admin = new pg.Client(url);
  admin.on('error', () => {});
  await admin.connect();
  const log = await EventLog.open({ url, applicationName: 'audit-spec', ...(objects && { objects }) });
  const views = await openReadModels(url);
  const key = { text: randomBytes(32).toString('base64') };
  const settings = { key, previousKey: undefined };
  const identities = await openIdentities({ database: log, settings, onKeyMade: () => undefined });
  const project = new ProjectHistory(log, views, identities);
  return {
    url,
    log,
    views,
    identities,
    project,
    admin,
    digest: async () => {
      await project.through((await log.head()).position);
      return digestOf(views.manager);
    },
    async [Symbol.asyncDispose]() {
      await views.destroy();
      await log.close();
      await admin.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
};
