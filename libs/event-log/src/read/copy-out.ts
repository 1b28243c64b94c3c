import type { Connection, Pool, Submittable } from 'pg';
import { closed } from '../connection/closed.js';
import { untilAvailable } from '../connection/until-available.js';

type Settle = (error: Error | null) => void;

/** A `COPY … TO STDOUT` as the driver wants a query: it has none of its own that hands out rows as bytes. */
class CopyOut implements Submittable {
  #fault: Error | null = null;

  constructor(
    private readonly text: string,
    private readonly onRow: (row: Buffer) => void,
    public callback: Settle,
  ) {}

  submit(connection: Connection): void {
    connection.query(this.text);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.#fault) return;
    try {
      this.onRow(chunk);
    } catch (error) {
      this.#fault = error as Error;
    }
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback(this.#fault);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}

/**
 * Reads the rows of a query in the binary format of COPY, which costs the driver a third of what rows of a query do.
 * Repeats it over a restart of the database.
 * @param query without parameters
 * @param take called for every attempt; takes the rows of it one by one, and has to be done with the bytes when it returns
 * @throws log.unavailable, log.closed
 */
export const copyOut = async (pool: Pool, query: string, take: () => (row: Buffer) => void): Promise<void> => {
  await untilAvailable(async () => {
    if (pool.ending) throw closed();
    const client = await pool.connect();
    const fault = await new Promise<Error | null>((settle) => {
      client.query(new CopyOut(`copy (${query}) to stdout (format binary)`, take(), settle));
    });
    client.release(fault ?? undefined);
    if (fault) throw fault;
  });
};
