import type { QueueArguments, Topology } from './topology.js';

/** The part of RabbitMQ's definitions file (`load_definitions`) that a topology decides; users are deployment's business. */
export interface RabbitMqDefinitions {
  readonly vhosts: readonly { readonly name: string }[];
  readonly exchanges: readonly ({ readonly name: string; readonly type: string } & Entity)[];
  readonly queues: readonly ({ readonly name: string; readonly arguments: QueueArguments } & Entity)[];
  readonly bindings: readonly {
    readonly vhost: string;
    readonly source: string;
    readonly destination: string;
    readonly destination_type: 'queue';
    readonly routing_key: string;
    readonly arguments: Readonly<Record<string, never>>;
  }[];
}

interface Entity {
  readonly vhost: string;
  readonly durable: true;
  readonly auto_delete: false;
}

/** The topology as a definitions file, in the format of `rabbitmqctl export_definitions`. */
export const rabbitmqDefinitions = (topology: Topology, vhost = '/'): RabbitMqDefinitions => {
  const entity = { vhost, durable: true, auto_delete: false } as const;
  return {
    vhosts: [{ name: vhost }],
    exchanges: topology.exchanges.map((exchange) => ({ ...exchange, ...entity })),
    queues: topology.queues.map((queue) => ({ ...queue, ...entity })),
    bindings: topology.bindings.map(({ exchange, queue, routingKey }) => ({
      vhost,
      source: exchange,
      destination: queue,
      destination_type: 'queue',
      routing_key: routingKey,
      arguments: {},
    })),
  };
};
