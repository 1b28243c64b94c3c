import type { Duplex } from 'node:stream';
import type { Connection, Pool, Submittable } from 'pg';
import { closed } from '../connection/closed.js';
import { untilAvailable } from '../connection/until-available.js';

/** Where the rows go. */
export interface CopySink {
  /** Takes what the server sent, as it came. @param pass gets the messages that are not of a row, one by one */
  add(bytes: Buffer, pass: (message: Buffer) => void): void;
}

type Listener = (bytes: Buffer) => void;

/** ReadyForQuery ("Message Formats" of the Postgres manual): behind it the next query may begin. */
const READY = 'Z'.charCodeAt(0);

/**
 * A `COPY … TO STDOUT` as the driver wants a query. The driver would make some objects of every row, so that the rows go past
 * it; it gets all other messages.
 */
class CopyOut implements Submittable {
  #driver: readonly Listener[] = [];

  constructor(
    private readonly text: string,
    private readonly sink: CopySink,
    public callback: (error: Error | null) => void,
  ) {}

  submit(connection: Connection): void {
    const { stream } = connection;
    this.#driver = stream.listeners('data') as Listener[];
    stream.removeAllListeners('data').on('data', (bytes: Buffer) => this.#take(bytes, stream));
    connection.query(this.text);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback(null);
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  #take(bytes: Buffer, stream: Duplex): void {
    try {
      this.sink.add(bytes, (message) => {
        if (message[0] === READY) this.#handBack(stream);
        for (const listener of this.#driver) listener(message);
      });
    } catch (error) {
      stream.destroy(error as Error);
    }
  }

  #handBack(stream: Duplex): void {
    stream.removeAllListeners('data');
    for (const listener of this.#driver) stream.on('data', listener);
  }
}

/**
 * Reads the rows of a query in the binary format of COPY, which costs a small part of what rows of a query do.
 * Repeats it over a restart of the database.
 * @param query without parameters
 * @param newSink called for every attempt
 * @returns the one that has all the rows
 * @throws log.unavailable, log.closed
 */
export const copyOut = async <Sink extends CopySink>(pool: Pool, query: string, newSink: () => Sink): Promise<Sink> =>
  untilAvailable(async () => {
    if (pool.ending) throw closed();
    const client = await pool.connect();
    const sink = newSink();
    const fault = await new Promise<Error | null>((settle) => {
      client.query(new CopyOut(`copy (${query}) to stdout (format binary)`, sink, settle));
    });
    client.release(fault ?? undefined);
    if (fault) throw fault;
    return sink;
  });
