import pg from 'pg';
import { queryRows, type NamedStatement } from './query-rows.js';
import { sessionConfig } from './session-config.js';

const STATEMENT_TIMEOUT_MS = 30_000;

/** The pool of sessions for everything but appends. Outlives restarts of the database. */
export class Database {
  readonly pool: pg.Pool;

  constructor(url: string, applicationName: string) {
    this.pool = new pg.Pool({
      ...sessionConfig(url, applicationName, { statement_timeout: STATEMENT_TIMEOUT_MS }),
      query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
    });
    // The pool has already dropped the session; without listeners the process would end.
    this.pool.on('error', () => {});
    this.pool.on('connect', (client) => void client.on('error', () => {}));
  }

  /** {@link queryRows} on the pool. */
  async rows<Row extends readonly unknown[]>(
    statement: NamedStatement,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    return queryRows<Row>(this.pool, statement, values);
  }
}
