import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { Pool } from 'pg';
import type { BusLogger } from './bus-logger.js';
import { LogFollower } from './log-follower.js';
import type { LogReader } from './log-reader.js';
import { noEventsOfItsOwn } from './no-events-of-its-own.js';
import { Parking } from './parking.js';
import { subscriptionsOf } from './subscriptions.js';
import { within } from './within.js';

export interface EmbeddedTransportOptions {
  readonly log: LogReader & { readonly pool: Pick<Pool, 'query'> };
  readonly logger: BusLogger;
  /** How many streams each consumer works on at a time; 16 unless told. */
  readonly parallel?: number;
  /** Milliseconds before the second, third, … attempt. */
  readonly ladder?: readonly number[];
  /** How long {@link EmbeddedTransport.close} waits for handlers that are at work; 10 s unless told. */
  readonly drainMs?: number;
}

/** Short: whoever waits here shares a process with what it waits for. */
const embeddedLadder: readonly number[] = [200, 1_000, 5_000];

/**
 * Nest transport without a broker: every consumer follows the log by itself. For one process per log; in a second one
 * every consumer would work again, in vain but not in error.
 */
export class EmbeddedTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  #consumers: readonly LogFollower[] = [];
  #ended: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: EmbeddedTransportOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    try {
      this.#start();
    } catch (error) {
      return callback(error);
    }
    callback();
  }

  /** Lets the handlers that are at work finish and saves the checkpoints. */
  async close(): Promise<void> {
    for (const consumer of this.#consumers) consumer.stop();
    await within(this.options.drainMs ?? 10_000, this.#ended);
  }

  on(): never {
    return noEventsOfItsOwn();
  }

  unwrap<T>(): T {
    return this.options.log as T;
  }

  #start(): void {
    const { log, logger, parallel = 16, ladder = embeddedLadder } = this.options;
    const parking = new Parking(log.pool);
    this.#consumers = subscriptionsOf(this.messageHandlers).map(
      (subscription) => new LogFollower({ subscription, log, parking, logger, parallel, ladder }),
    );
    this.#ended = Promise.all(this.#consumers.map((consumer) => consumer.run()));
    this._status$.next('connected');
  }
}
