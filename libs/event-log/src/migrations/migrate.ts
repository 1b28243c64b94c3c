import pg from 'pg';
import type { MigrationInterface } from 'typeorm';
import { CONNECTION_TIMEOUT_MS } from '../connection/session-config.js';
import { toLogError } from '../connection/log-error.js';
import { CreateEventLog1767225600000 } from './create-event-log.js';

export type MigrationClass = new () => MigrationInterface;

// Whoever starts first migrates; the others wait here and find it done.
const MIGRATION_LOCK = 7306;

const TABLE = 'waystation_migration';

/** Whether there is nothing to do, as there is not at most starts: asked without what doing it needs. */
const isUpToDate = async (database: pg.Client, migrations: readonly MigrationClass[]): Promise<boolean> => {
  const { rows: tables } = await database.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [
    TABLE,
  ]);
  if (tables[0]?.exists !== true) return false;
  const { rows } = await database.query<{ name: string }>(`select name from ${TABLE}`);
  const done = new Set(rows.map(({ name }) => name));
  return migrations.every(({ name }) => done.has(name));
};

const runMigrations = async (url: string, migrations: readonly MigrationClass[]): Promise<void> => {
  const { DataSource } = await import('typeorm'); // a third of a second that only migrations are worth
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTableName: TABLE,
    installExtensions: false,
    logger: 'debug', // says nothing unless DEBUG asks for it: what fails is thrown
    connectTimeoutMS: CONNECTION_TIMEOUT_MS,
  });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
};

/**
 * Brings the database to this version: the log first, then the migrations of read models, each in a transaction of its
 * own. Any number of processes may do so at once. Tables that a later migration makes in the schema `public` can be
 * read and written by `waystation_app`; other schemas grant that themselves.
 * @param url a login that may create schemas and roles, or whose cluster has the role `waystation_app` already
 * @param options `segmentSize`: positions in the first segments, 10 million unless a test says otherwise
 * @throws log.unavailable, log.refused
 */
export const migrate = async (
  url: string,
  migrations: readonly MigrationClass[] = [],
  options: { readonly segmentSize?: number } = {},
): Promise<void> => {
  const guard = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECTION_TIMEOUT_MS });
  guard.on('error', () => {});
  try {
    await guard.connect();
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const all = [CreateEventLog1767225600000, ...migrations];
    if (!(await isUpToDate(guard, all))) await runMigrations(url, all);
    await guard.query('select log.keep_segments_ahead(0, $1)', [options.segmentSize ?? null]);
  } catch (error) {
    throw toLogError(error);
  } finally {
    await guard.end().catch(() => {});
  }
};
