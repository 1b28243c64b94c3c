import type { Channel } from 'amqplib';
import type { Topology } from './topology.js';

/**
 * Makes what is missing on the broker and leaves the rest alone. Rejects, and the broker closes the channel, where
 * something of the same name exists with other arguments (AMQP 406, precondition-failed).
 */
export const assertTopology = async (channel: Channel, topology: Topology): Promise<void> => {
  // The channel sends one request at a time and keeps their order; there is nothing to gain from waiting for each.
  await Promise.all([
    ...topology.exchanges.map(({ name, type }) => channel.assertExchange(name, type, { durable: true })),
    ...topology.queues.map((queue) =>
      channel.assertQueue(queue.name, { durable: true, arguments: { ...queue.arguments } }),
    ),
    ...topology.bindings.map(({ queue, exchange, routingKey }) => channel.bindQueue(queue, exchange, routingKey)),
  ]);
};
