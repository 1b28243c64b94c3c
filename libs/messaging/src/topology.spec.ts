import { consumers } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { rabbitmqDefinitions } from './rabbitmq-definitions.js';
import { topologyOf } from './topology.js';

const routing = { name: 'routing.route-series', types: ['series.completed.v1', 'series.forced.v1'] };
const topology = topologyOf([routing], [1_000, 10_000]);
const queueNamed = (name: string) => topology.queues.find((queue) => queue.name === name);

describe('the topology of a consumer', () => {
  it('has a queue bound to each of its event types', () => {
    expect(topology.bindings.filter(({ queue }) => queue === routing.name)).toEqual([
      { exchange: 'waystation.events', queue: routing.name, routingKey: 'series.completed.v1' },
      { exchange: 'waystation.events', queue: routing.name, routingKey: 'series.forced.v1' },
    ]);
  });

  it('leads a message that was delivered too often into a queue of the dead', () => {
    expect(queueNamed(routing.name)?.arguments).toMatchObject({
      'x-delivery-limit': 20,
      'x-dead-letter-exchange': 'waystation.dead',
      'x-dead-letter-routing-key': routing.name,
    });
    expect(topology.bindings).toContainEqual({
      exchange: 'waystation.dead',
      queue: 'routing.route-series.dead',
      routingKey: routing.name,
    });
  });

  it('has one resting queue for each rung of the ladder, which leads back to the queue of the consumer', () => {
    expect(topology.queues.map(({ name }) => name)).toEqual([
      'routing.route-series',
      'routing.route-series.retry.1000',
      'routing.route-series.retry.10000',
      'routing.route-series.dead',
    ]);
    expect(queueNamed('routing.route-series.retry.10000')?.arguments).toMatchObject({
      'x-message-ttl': 10_000,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': routing.name,
    });
  });
});

describe('the topology of the catalogue', () => {
  const whole = topologyOf(consumers);

  it('names its exchanges once', () => {
    expect(whole.exchanges).toEqual([
      { name: 'waystation.events', type: 'topic' },
      { name: 'waystation.dead', type: 'direct' },
    ]);
  });

  it('holds every message in a quorum queue', () => {
    expect(whole.queues.filter((queue) => queue.arguments['x-queue-type'] !== 'quorum')).toEqual([]);
  });

  it('uses no argument that RabbitMQ 3.10 lacks or 4.x refuses', () => {
    const portable = [
      'x-queue-type',
      'x-delivery-limit',
      'x-message-ttl',
      'x-dead-letter-exchange',
      'x-dead-letter-routing-key',
      'x-dead-letter-strategy',
      'x-overflow',
    ];
    const used = new Set(whole.queues.flatMap((queue) => Object.keys(queue.arguments)));
    expect([...used].filter((argument) => !portable.includes(argument))).toEqual([]);
  });

  it('has someone who hears of every event, so that nothing published is lost sight of', () => {
    expect(whole.bindings).toContainEqual(expect.objectContaining({ exchange: 'waystation.events', routingKey: '#' }));
  });
});

describe('the definitions file', () => {
  const definitions = rabbitmqDefinitions(topology, 'hospital');

  it('says the same as the topology', () => {
    expect(definitions.queues.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(topology.queues);
    expect(definitions.exchanges.map(({ name, type }) => ({ name, type }))).toEqual(topology.exchanges);
    expect(
      definitions.bindings.map(({ source, destination, routing_key: routingKey }) => ({
        exchange: source,
        queue: destination,
        routingKey,
      })),
    ).toEqual(topology.bindings);
  });

  it('keeps everything durable and in the virtual host it is made for', () => {
    expect(definitions.vhosts).toEqual([{ name: 'hospital' }]);
    for (const entity of [...definitions.queues, ...definitions.exchanges]) {
      expect(entity).toMatchObject({ vhost: 'hospital', durable: true, auto_delete: false });
    }
  });
});
