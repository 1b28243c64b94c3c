import { messageOf } from '@waystation/kernel';
import type { Channel } from 'amqplib';
import { assertTopology } from './assert-topology.js';
import type { BusLogger } from './bus-logger.js';
import { Delivery } from './delivery.js';
import { pause } from './pause.js';
import type { RabbitMqConnection } from './rabbitmq-connection.js';
import type { Topology } from './topology.js';

export interface QueueSubscriptionOptions {
  readonly queue: string;
  /** What the queue relies on; asserted before each subscription. */
  readonly topology: Topology;
  /** How many messages may be under way at a time. */
  readonly prefetch: number;
  readonly connection: RabbitMqConnection;
  readonly receive: (delivery: Delivery) => void;
  readonly logger: BusLogger;
}

/** Before it asks again for a queue that it could not get. */
const breatherMs = 500;

/**
 * Keeps a queue subscribed on a channel of its own. Whatever ends the subscription (the queue deleted, the channel
 * closed by an error, the connection lost), it begins another.
 */
export class QueueSubscription {
  readonly #stopping = new AbortController();
  #current: { readonly channel: Channel; readonly consumerTag: string } | undefined;

  constructor(private readonly options: QueueSubscriptionOptions) {}

  /** Resolves after {@link cancel}, when the channel is closed. */
  async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#serve(await this.options.connection.openChannel());
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.options.logger.warn(`${this.options.queue} is not subscribed, tries again: ${messageOf(error)}`);
      }
      await pause(breatherMs, this.#stopping.signal);
    }
  }

  /** Resolves when no more messages come. Those that came can still be settled. */
  async cancel(): Promise<void> {
    this.#stopping.abort();
    // The broker's answer comes behind the deliveries that were on their way. Without a channel none come either.
    await this.#current?.channel.cancel(this.#current.consumerTag).catch(() => undefined);
  }

  /** Resolves when the broker has read all that was settled. */
  async close(): Promise<void> {
    await this.#current?.channel.close().catch(() => undefined);
  }

  /** Resolves when the channel is closed. */
  async #serve(channel: Channel): Promise<void> {
    const closing = new AbortController();
    const closed = new Promise<'closed'>((resolve) => {
      channel.once('close', () => {
        closing.abort();
        resolve('closed');
      });
    });
    try {
      await channel.prefetch(this.options.prefetch, false);
      while ((await Promise.race([closed, this.#subscribe(channel, closing.signal)])) === 'cancelled') {
        this.options.logger.warn(`the broker cancelled the subscription to ${this.options.queue}, subscribes again`);
      }
    } finally {
      this.#current = undefined;
    }
  }

  /** Resolves when the broker has cancelled the subscription, never where we did. */
  async #subscribe(channel: Channel, closed: AbortSignal): Promise<'cancelled'> {
    await assertTopology(channel, this.options.topology);
    let cancel: (outcome: 'cancelled') => void = () => undefined;
    const cancelled = new Promise<'cancelled'>((resolve) => (cancel = resolve));
    const { consumerTag } = await channel.consume(this.options.queue, (message) => {
      if (message === null) cancel('cancelled');
      else this.options.receive(new Delivery(message, channel, closed));
    });
    this.#current = { channel, consumerTag };
    if (this.#stopping.signal.aborted) await channel.cancel(consumerTag);
    return cancelled;
  }
}
