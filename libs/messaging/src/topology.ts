import type { Consumer } from '@waystation/events';
import { retryLadder } from './retry-ladder.js';

/** What the broker has to hold: everything is durable, every queue a quorum queue. */
export interface Topology {
  readonly exchanges: readonly { readonly name: string; readonly type: 'topic' | 'direct' }[];
  readonly queues: readonly { readonly name: string; readonly arguments: QueueArguments }[];
  readonly bindings: readonly { readonly exchange: string; readonly queue: string; readonly routingKey: string }[];
}

/** AMQP arguments of a queue, `x-…`. */
export type QueueArguments = Readonly<Record<string, string | number>>;

/** Where the relay publishes; the routing key is the event type. */
export const eventsExchange = 'waystation.events';
/** Where messages go that nobody could handle; the routing key is the name of the consumer. */
export const deadExchange = 'waystation.dead';

/** The queue in which messages rest for `delayMs` before they come back to the queue of the consumer. */
export const retryQueue = (consumer: string, delayMs: number): string => `${consumer}.retry.${delayMs}`;
/** The queue of messages that were given up, for an operator to look at. */
export const deadQueue = (consumer: string): string => `${consumer}.dead`;

/** Redeliveries after a crash or a lost connection, the message's fault or not, before the broker buries it. */
const deliveryLimit = 20;
/** Looking at a dead message counts as a delivery, and RabbitMQ 4 would drop it at the twentieth look. */
const manyDeliveries = 1_000_000;

/** The broker holds a message until the queue it dies into has confirmed it (needs `reject-publish`). */
const deadLettersSafely = { 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

const workQueue = (consumer: string): QueueArguments => ({
  'x-queue-type': 'quorum',
  'x-delivery-limit': deliveryLimit,
  'x-dead-letter-exchange': deadExchange,
  'x-dead-letter-routing-key': consumer,
  ...deadLettersSafely,
});

const restQueue = (consumer: string, delayMs: number): QueueArguments => ({
  'x-queue-type': 'quorum',
  'x-message-ttl': delayMs,
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': consumer,
  ...deadLettersSafely,
});

/**
 * Exchanges, queues and bindings for these consumers. Uses nothing that RabbitMQ 3.10 lacks or that 4.x refuses:
 * no classic mirrored, transient or exclusive queues, no priorities, no delayed-message plugin.
 */
export const topologyOf = (
  consumers: readonly Pick<Consumer, 'name' | 'types'>[],
  ladder: readonly number[] = retryLadder,
): Topology => ({
  exchanges: [
    { name: eventsExchange, type: 'topic' },
    { name: deadExchange, type: 'direct' },
  ],
  queues: consumers.flatMap(({ name }) => [
    { name, arguments: workQueue(name) },
    ...ladder.map((delayMs) => ({ name: retryQueue(name, delayMs), arguments: restQueue(name, delayMs) })),
    { name: deadQueue(name), arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': manyDeliveries } },
  ]),
  bindings: consumers.flatMap(({ name, types }) => [
    ...types.map((type) => ({ exchange: eventsExchange, queue: name, routingKey: type })),
    { exchange: deadExchange, queue: deadQueue(name), routingKey: name },
  ]),
});
