import pg from 'pg';
import { eventually } from './waystation.js';

/** Does something to a database with every right. */
export const asSuperuser = async <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};

/** The lock that every append takes until its commit. */
const APPENDS = 7305;

/**
 * Lets no append come to its end: whoever appends meanwhile hangs in the middle of it.
 * @returns lets them go on
 */
export const holdAppends = async (url: string): Promise<() => Promise<void>> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [APPENDS]);
  return () => client.end();
};

/** Waits until so many hang because of {@link holdAppends}. */
export const untilAppendsHang = (url: string, count: number): Promise<true> =>
  eventually(`${count} that wait for the lock of the appends`, async () => {
    const sql = `select 1 from pg_locks where locktype = 'advisory' and not granted and objid = $1
      and database = (select oid from pg_database where datname = current_database())`;
    return (await asSuperuser(url, sql, [APPENDS])).length >= count ? true : undefined;
  });
