import type { Database } from './database.js';
import { Paced } from './paced.js';

/** The channel of LISTEN and NOTIFY. */
export const CHANNEL = 'waystation_log';

const INTERVAL_MS = 5;

// The notification is a transaction of its own behind the commit: within the append it would take a lock that all of
// its kind share. It need not be durable, so it does not wait for the disk.
const statement = {
  name: 'log-announce',
  text: `select set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', '')`,
};

/** Tells other processes that the log has grown: at once, and at most once in five milliseconds. */
export class Announcer {
  readonly #paced: Paced;

  constructor(database: Database) {
    this.#paced = new Paced(INTERVAL_MS, () => {
      database.pool.query(statement).catch(() => {}); // listeners poll as well
    });
  }

  announce(): void {
    this.#paced.ask();
  }

  close(): void {
    this.#paced.close();
  }
}
