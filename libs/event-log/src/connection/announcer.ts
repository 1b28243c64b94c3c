import type { Database } from './database.js';

/** The channel of LISTEN and NOTIFY. */
export const CHANNEL = 'waystation_log';

const INTERVAL_MS = 5;

// The notification is a transaction of its own behind the commit: within the append it would take a lock that all of
// its kind share. It need not be durable, so it does not wait for the disk.
const statement = {
  name: 'log-announce',
  text: `select set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', '')`,
};

/** Tells other processes that the log has grown, at most once in five milliseconds. */
export class Announcer {
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(private readonly database: Database) {}

  announce(): void {
    this.#timer ??= setTimeout(() => this.#send(), Math.max(0, this.#last + INTERVAL_MS - Date.now()));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #send(): void {
    this.#timer = undefined;
    this.#last = Date.now();
    this.database.pool.query(statement).catch(() => {}); // listeners poll as well
  }
}
