import { CodedError, messageOf } from '@waystation/kernel';
import pg from 'pg';
import { closed } from '../connection/closed.js';
import { isLostConnection, toLogError } from '../connection/log-error.js';
import { sessionConfig } from '../connection/session-config.js';
import { untilAvailable } from '../connection/until-available.js';
import { PrerequisiteFailed } from './prerequisite.js';

// The server gives up before we do, so that we rarely have to guess.
const SETTINGS = { statement_timeout: 10_000, lock_timeout: 5_000, idle_in_transaction_session_timeout: 5_000 };
const ANSWER_TIMEOUT_MS = 15_000;

/** The one session that appends. Connects when it is needed, and again after it was lost. */
export class AppendSession {
  #client: pg.Client | undefined;
  #closed = false;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /**
   * Runs one statement in a transaction of its own.
   * @param after the transaction is committed when this resolves, and rolled back when it rejects: then `run` does so, too
   * @throws log.unavailable: nothing was written; log.outcome-unknown: the session was lost while the statement was under
   * way, so it may have been written
   */
  async run(statement: pg.QueryConfig, after?: Promise<void>): Promise<pg.QueryResult> {
    const client = await untilAvailable(() => this.#connected());
    // No answer for this long is a lost session: the query then fails like any other that was cut off. A plain timer, because
    // this runs for every group of appends.
    const silence = setTimeout(() => this.#drop(client), ANSWER_TIMEOUT_MS);
    try {
      return await (after === undefined ? client.query(statement) : commitAfter(after, client, statement));
    } catch (error) {
      if (error instanceof PrerequisiteFailed) throw error;
      if (!isLostConnection(error)) throw toLogError(error);
      this.#drop(client);
      throw new CodedError(
        'log.outcome-unknown',
        `the session was lost during an append, which may or may not have been written: ${messageOf(error)}`,
        { cause: error },
      );
    } finally {
      clearTimeout(silence);
    }
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#closed = true;
    await client?.end();
  }

  async #connected(): Promise<pg.Client> {
    if (this.#closed) throw closed();
    if (this.#client) return this.#client;
    const config = sessionConfig(this.url, this.applicationName, SETTINGS);
    const client = new pg.Client({ ...config, pipeline: true });
    client.on('error', () => this.#drop(client));
    client.on('end', () => this.#drop(client));
    await client.connect();
    this.#client = client;
    return client;
  }

  #drop(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    client.connection.stream.destroy();
  }
}

const [BEGIN, COMMIT, ROLLBACK] = ['begin', 'commit', 'rollback'].map((text) => ({ name: `log-${text}`, text })) as [
  pg.QueryConfig,
  pg.QueryConfig,
  pg.QueryConfig,
];

/** The statement goes out with the beginning of its transaction: the database works while we wait for something else. */
const commitAfter = async (
  after: Promise<void>,
  client: pg.Client,
  statement: pg.QueryConfig,
): Promise<pg.QueryResult> => {
  const { stream } = client.connection;
  stream.cork(); // one packet for both
  const sent = [client.query(BEGIN), client.query(statement)] as const;
  stream.uncork();
  const [, executed, prerequisite] = await Promise.allSettled([...sent, after]);
  if (executed.status === 'fulfilled' && prerequisite.status === 'fulfilled') {
    await client.query(COMMIT);
    return executed.value;
  }
  await client.query(ROLLBACK);
  throw executed.status === 'rejected' ? executed.reason : new PrerequisiteFailed();
};
