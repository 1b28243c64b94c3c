import { CodedError } from '@waystation/kernel';
import type { ConfirmChannel, Message, Options } from 'amqplib';
import { assertTopology } from './assert-topology.js';
import type { RabbitMqConnection } from './rabbitmq-connection.js';
import type { Topology } from './topology.js';

/** A message on its way to the broker. The exchange `''` leads straight to the queue named by the routing key. */
export interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly options: Options.Publish;
}

/**
 * Publishes on one channel, and tells for each message whether the broker has it on disk. The channel is opened when
 * it is needed and opened again after an error; each time what it relies on is asserted first, so that an exchange
 * that was deleted is there again at the second attempt.
 */
export class ConfirmedPublisher {
  #channel: Promise<ConfirmChannel> | undefined;
  /** How many messages of the same destination and id came back. The broker returns a message before it confirms it. */
  readonly #returned = new Map<string, number>();

  constructor(
    private readonly connection: RabbitMqConnection,
    private readonly topology: Topology,
  ) {}

  /**
   * Resolves when the broker has taken the message over: true where a queue has it, false where a mandatory message
   * found no queue. Rejects with `messaging.not-confirmed`, and then it may have been taken over or not.
   */
  async publish(publication: Publication): Promise<boolean> {
    const channel = await this.#open();
    const { exchange, routingKey, content, options } = publication;
    await new Promise<void>((resolve, reject) => {
      channel.publish(exchange, routingKey, content, options, (error: unknown) => {
        if (error === null || error === undefined) return resolve();
        reject(notConfirmed(routingKey, error));
      });
    }).catch((error: unknown) => {
      throw error instanceof CodedError ? error : notConfirmed(routingKey, error);
    });
    return !this.#cameBack(keyOf(exchange, routingKey, options.messageId));
  }

  /** Gives the channel up; the next message opens a new one and asserts the topology again. */
  async reset(): Promise<void> {
    const channel = this.#channel;
    this.#channel = undefined;
    await channel?.then((open) => open.close()).catch(() => undefined);
  }

  #open(): Promise<ConfirmChannel> {
    if (this.#channel !== undefined) return this.#channel;
    const opening = this.#openChannel();
    this.#channel = opening;
    const forget = (): void => {
      if (this.#channel === opening) this.#channel = undefined;
    };
    opening.then((channel) => channel.once('close', forget), forget);
    return opening;
  }

  async #openChannel(): Promise<ConfirmChannel> {
    const channel = await this.connection.openConfirmChannel();
    channel.on('return', ({ fields, properties }: Message) => {
      const key = keyOf(fields.exchange, fields.routingKey, properties.messageId);
      this.#returned.set(key, (this.#returned.get(key) ?? 0) + 1);
    });
    await assertTopology(channel, this.topology);
    return channel;
  }

  #cameBack(key: string): boolean {
    const count = this.#returned.get(key) ?? 0;
    if (count > 1) this.#returned.set(key, count - 1);
    else this.#returned.delete(key);
    return count > 0;
  }
}

const keyOf = (exchange: string, routingKey: string, messageId: unknown): string =>
  `${exchange}\n${routingKey}\n${String(messageId)}`;

const notConfirmed = (routingKey: string, cause: unknown): CodedError =>
  new CodedError('messaging.not-confirmed', `the broker did not confirm a message to ${routingKey}`, { cause });
