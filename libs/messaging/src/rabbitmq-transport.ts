import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { RecordedEvent } from '@waystation/events';
import type { Pool } from 'pg';
import type { BusLogger } from './bus-logger.js';
import { ConfirmedPublisher } from './confirmed-publisher.js';
import { EventPages } from './event-pages.js';
import type { Elections, LogEnd, LogReader } from './log-reader.js';
import { LogSweep } from './log-sweep.js';
import { NewsHandling } from './news-handling.js';
import { noEventsOfItsOwn } from './no-events-of-its-own.js';
import { Parking } from './parking.js';
import { QueueSubscription } from './queue-subscription.js';
import { RabbitMqConnection } from './rabbitmq-connection.js';
import { retryLadder } from './retry-ladder.js';
import { subscriptionsOf, type Subscription } from './subscriptions.js';
import { topologyOf } from './topology.js';
import { within } from './within.js';

export interface RabbitMqTransportOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps:`. */
  readonly url: string;
  /** The service, for the broker's management page. */
  readonly name: string;
  readonly log: LogReader & LogEnd & { readonly checkpoints: Elections; readonly pool: Pick<Pool, 'query'> };
  readonly logger: BusLogger;
  /** How many messages of each consumer are under way in this process at a time; 16 unless told. */
  readonly prefetch?: number;
  /** Milliseconds before the second, third, … attempt. */
  readonly ladder?: readonly number[];
  /** How long the broker has to bring an event until the log itself does; 90 s unless told, longer than the ladder. */
  readonly behindMs?: number;
  /** How long {@link RabbitMqTransport.close} waits for handlers that are at work; 10 s unless told. */
  readonly drainMs?: number;
}

interface Work {
  readonly subscription: QueueSubscription;
  readonly handling: NewsHandling;
  readonly sweep: LogSweep;
  readonly swept: Promise<void>;
}

interface Running {
  readonly connections: readonly RabbitMqConnection[];
  readonly work: readonly Work[];
  readonly ended: Promise<unknown>;
}

const farewellMs = 3_000;

/**
 * Nest transport over RabbitMQ: news of an event comes by queue, the event itself from the log. Status is `connected`
 * or `disconnected`; a service starts without its broker and subscribes when the broker is there.
 */
export class RabbitMqTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  #running: Running | undefined;

  constructor(private readonly options: RabbitMqTransportOptions) {
    super();
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.#running = await this.#start(subscriptionsOf(this.messageHandlers));
    } catch (error) {
      return callback(error);
    }
    callback();
  }

  /** Takes no more messages, lets the handlers finish and acknowledges them; what takes too long is delivered again. */
  async close(): Promise<void> {
    if (this.#running === undefined) return;
    const { connections, work, ended } = this.#running;
    this.#running = undefined;
    const drained = work.map(async ({ subscription, handling, sweep, swept }) => {
      sweep.stop();
      await subscription.cancel();
      await handling.idle();
      await swept;
    });
    await within(this.options.drainMs ?? 10_000, Promise.all(drained));
    for (const { handling } of work) handling.abandon();
    await within(farewellMs, Promise.all(work.map(({ subscription }) => subscription.close())));
    await Promise.all(connections.map((connection) => connection.close()));
    await within(farewellMs, ended);
  }

  on(): never {
    return noEventsOfItsOwn();
  }

  unwrap<T>(): T {
    return this.#running?.connections[0] as T;
  }

  async #start(subscriptions: readonly Subscription[]): Promise<Running> {
    const { url, name, logger } = this.options;
    // Two connections: the broker stops reading from one that publishes while the broker is full, acknowledgements too.
    const consuming = await RabbitMqConnection.open({ url, name: `${name} consumes`, logger });
    const publishing = await RabbitMqConnection.open({ url, name: `${name} retries`, logger });
    consuming.watch((connected) => this._status$.next(connected ? 'connected' : 'disconnected'));
    const ladder = this.options.ladder ?? retryLadder;
    const consumers = subscriptions.map(({ consumer }) => consumer);
    const publisher = new ConfirmedPublisher(publishing, topologyOf(consumers, ladder));
    const pages = new EventPages(this.options.log);
    const work = subscriptions.map((subscription): Work => {
      const sweep = this.#sweepOf(subscription);
      const handle = async (event: RecordedEvent): Promise<void> => {
        await subscription.handle(event);
        sweep.note(event);
      };
      const noted = { ...subscription, handle };
      const handling = new NewsHandling({ subscription: noted, log: pages, publisher, ladder, logger });
      return { handling, subscription: this.#queueOf(subscription, consuming, handling), sweep, swept: sweep.run() };
    });
    const ended = Promise.all(work.map(({ subscription }) => subscription.run()));
    return { connections: [consuming, publishing], work, ended };
  }

  #sweepOf(subscription: Subscription): LogSweep {
    const { log, logger, behindMs = 90_000, ladder = retryLadder } = this.options;
    return new LogSweep({ subscription, log, logger, behindMs, ladder, parallel: 4, parking: new Parking(log.pool) });
  }

  #queueOf({ consumer }: Subscription, connection: RabbitMqConnection, handling: NewsHandling): QueueSubscription {
    return new QueueSubscription({
      queue: consumer.name,
      topology: topologyOf([consumer], this.options.ladder),
      prefetch: this.options.prefetch ?? 16,
      connection,
      receive: (delivery) => handling.receive(delivery),
      logger: this.options.logger,
    });
  }
}
