import type { RecordedEvent } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { BusLogger } from './bus-logger.js';
import { ConfirmedPublisher } from './confirmed-publisher.js';
import { Doorbell } from './doorbell.js';
import { greetBroker } from './greet-broker.js';
import type { Elections, LogReader, Office } from './log-reader.js';
import { encodeNews } from './news.js';
import { pause } from './pause.js';
import { RabbitMqConnection } from './rabbitmq-connection.js';
import { eventsExchange, type Topology } from './topology.js';
import { within } from './within.js';

export interface RelayOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps:`. */
  readonly url: string;
  /** CloudEvents `source`: the log and its epoch, for example `/log/main/1`. */
  readonly source: string;
  readonly log: LogReader & { readonly checkpoints: Elections };
  /** Queues of all consumers: what is published before they exist would pass them by. */
  readonly topology: Topology;
  readonly logger: BusLogger;
}

/** Events that are published before the first of them has to be confirmed; also what a crash repeats at most. */
const window = 500;
/** Between attempts to become the leader, and after a failure. */
const breatherMs = 1_000;
const patienceMs = 5_000;

/**
 * Tells the broker of everything in the log, in order, at least once. Of all relays of a log one leads, the others stand
 * by. The checkpoint moves only behind messages that the broker has confirmed; without a broker it stays where it is, and
 * for a broker that lost everything it goes back.
 */
export class Relay {
  readonly #stopping = new AbortController();
  readonly #doorbell = new Doorbell();
  #connection: RabbitMqConnection | undefined;
  #disconnections = 0;
  /** Since then the broker is known to be the one that the checkpoint is about. */
  #greetedAfter = -1;
  /** Where the checkpoint was when this relay looked at it last. */
  #told: number | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: RelayOptions) {}

  /** Resolves before the broker has answered. Rejects with `messaging.bad-url` for what is not an AMQP address. */
  async start(): Promise<void> {
    const { url, topology, logger } = this.options;
    this.#connection = await RabbitMqConnection.open({ url, name: 'relay', logger });
    this.#connection.watch((connected) => {
      if (!connected) this.#disconnections += 1;
      this.#doorbell.ring();
    });
    this.#ended = this.#run(new ConfirmedPublisher(this.#connection, topology));
  }

  /** Finishes the window that is under way, for at most 5 s, and gives the office back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#doorbell.ring();
    // Nothing comes of waiting for a broker that is not there; closing the connection ends the waiting.
    if (this.#connection?.connected === true) await within(patienceMs, this.#ended);
    await this.#connection?.close();
    await within(patienceMs, this.#ended);
  }

  async #run(publisher: ConfirmedPublisher): Promise<void> {
    const silence = this.options.log.onAppended(this.#doorbell.ring);
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#standForElection(publisher);
      } catch (error) {
        if (!this.#stopping.signal.aborted) this.options.logger.warn(`the relay has to wait: ${messageOf(error)}`);
      }
      await pause(breatherMs, this.#stopping.signal);
    }
    silence();
  }

  /** Resolves when this relay does not lead, or not any longer. */
  async #standForElection(publisher: ConfirmedPublisher): Promise<void> {
    const office = await this.options.log.checkpoints.take('relay');
    if (office === undefined) return;
    this.options.logger.log('this relay leads');
    office.lost.addEventListener('abort', this.#doorbell.ring);
    try {
      while (!this.#stopping.signal.aborted && !office.lost.aborted) await this.#passOn(publisher, office);
    } finally {
      await office.giveBack();
    }
  }

  /** Publishes the next window, or waits for there to be one. */
  async #passOn(publisher: ConfirmedPublisher, office: Office): Promise<void> {
    const { source } = this.options;
    await this.#greet(office);
    const events = await this.#untold();
    const last = events.at(-1);
    if (last === undefined) return this.#doorbell.answered();
    await Promise.all(events.map((event) => publish(publisher, event, source)));
    await office.save('relay', last.position);
    this.#told = last.position;
  }

  /** The next window. The checkpoint is asked for each time, since an operator may set it back; mostly it is where it was. */
  async #untold(): Promise<readonly RecordedEvent[]> {
    const { log } = this.options;
    const told = this.#told;
    const expected = told === undefined ? [] : log.readAll({ after: told, limit: window });
    const [after, events] = await Promise.all([log.checkpoints.get('relay'), expected]);
    this.#told = after;
    return after === told ? events : log.readAll({ after, limit: window });
  }

  /** After the connection was lost, the broker behind it may be another. */
  async #greet(office: Office): Promise<void> {
    const { log, topology, logger } = this.options;
    const disconnections = this.#disconnections;
    if (this.#connection === undefined || this.#greetedAfter === disconnections) return;
    await greetBroker(this.#connection, log.checkpoints, office, topology, logger);
    this.#greetedAfter = disconnections;
  }
}

const publish = (publisher: ConfirmedPublisher, event: RecordedEvent, source: string): Promise<boolean> =>
  // That a message comes back is no fault: there are events that nobody listens to.
  publisher.publish({ exchange: eventsExchange, routingKey: event.type, ...encodeNews(event, source) });
