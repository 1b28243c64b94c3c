import { CodedError, messageOf } from '@waystation/kernel';
import { connect, type Channel, type ConfirmChannel, type RecoveringChannelModel } from 'amqplib';
import type { BusLogger } from './bus-logger.js';
import { redactedUrl } from './redacted-url.js';
import { within } from './within.js';

export interface RabbitMqConnectionOptions {
  /** `amqp://user:password@host:port/vhost`, or `amqps:`. */
  readonly url: string;
  /** What the broker's management page shows. */
  readonly name: string;
  readonly logger: BusLogger;
}

/** AMQP reply code. */
const notFound = 404;
/** Seconds. A peer that is silent for two of them is gone. */
const heartbeat = '10';
/** A broker that does not answer the goodbye, or is stopped, must not hold up a shutdown. */
const farewellMs = 3_000;

/**
 * A connection that comes back by itself, at first after 0.2 s and never later than after 5 s. It does not wait for a
 * broker that is not there yet. Channels, and what was going on in them, end with the connection they were made on.
 */
export class RabbitMqConnection {
  #connected = false;
  #lastFailure = '';

  /** Resolves before the broker has answered. Throws `messaging.bad-url` for what is not an AMQP address. */
  static async open(options: RabbitMqConnectionOptions): Promise<RabbitMqConnection> {
    const model = await connect(withHeartbeat(options.url), {
      // Without it small frames wait for the peer's delayed acknowledgement: 20 ms instead of 1.
      noDelay: true,
      timeout: 10_000,
      clientProperties: { connection_name: options.name },
      recovery: { initialDelay: 200, maxDelay: 5_000, waitForConnect: false },
    });
    return new RabbitMqConnection(model, options);
  }

  private constructor(
    private readonly model: RecoveringChannelModel,
    private readonly options: RabbitMqConnectionOptions,
  ) {
    const address = redactedUrl(options.url);
    model.on('connect', () => {
      this.#connected = true;
      this.#lastFailure = '';
      options.logger.log(`${options.name} is connected to ${address}`);
    });
    model.on('disconnect', () => (this.#connected = false));
    model.on('error', (error) => options.logger.warn(`${address}: ${messageOf(error)}`));
    model.on('blocked', (reason) => options.logger.warn(`${address} takes no messages for now: ${reason}`));
    model.on('unblocked', () => options.logger.log(`${address} takes messages again`));
    model.on('reconnect-scheduled', ({ error }) => {
      // Every attempt of an outage ends in the same way; once is enough to read.
      if (error.message === this.#lastFailure) return;
      this.#lastFailure = error.message;
      options.logger.warn(`${options.name} has no connection to ${address}, keeps trying: ${error.message}`);
    });
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Calls back now and at every change with whether there is a connection. */
  watch(listener: (connected: boolean) => void): void {
    this.model.on('connect', () => listener(true));
    this.model.on('disconnect', () => listener(false));
    listener(this.#connected);
  }

  /** Waits for the connection. Rejects when it is closed for good. */
  async openChannel(): Promise<Channel> {
    return this.#watched(await this.model.createChannel());
  }

  /** The same, and the broker confirms what is published. */
  async openConfirmChannel(): Promise<ConfirmChannel> {
    return this.#watched(await this.model.createConfirmChannel());
  }

  /** Whether the broker has an exchange of this name. Waits for the connection. */
  async hasExchange(name: string): Promise<boolean> {
    const channel = await this.model.createChannel();
    // The broker closes a channel on which it was asked for what it does not have.
    channel.on('error', () => undefined);
    try {
      await channel.checkExchange(name);
      await channel.close();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === notFound) return false;
      throw error;
    }
  }

  /** Makes an exchange that outlives restarts of the broker, unless it is there. */
  async makeExchange(name: string): Promise<void> {
    const channel = await this.openChannel();
    await channel.assertExchange(name, 'direct', { durable: true });
    await channel.close();
  }

  async close(): Promise<void> {
    await within(farewellMs, this.model.close());
    this.#connected = false;
  }

  #watched<C extends Channel>(channel: C): C {
    // An error without a listener would be thrown; that the channel is closed is what its user acts on.
    channel.on('error', (error) => this.options.logger.warn(`${this.options.name}: ${messageOf(error)}`));
    return channel;
  }
}

const withHeartbeat = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'amqp:' && parsed?.protocol !== 'amqps:') {
    throw new CodedError(
      'messaging.bad-url',
      `${redactedUrl(url)} is not the address of a broker, expected amqp:// or amqps://`,
    );
  }
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', heartbeat);
  return parsed.href;
};
