import type { EventLog } from '@waystation/event-log';
import { SeriesCompleted, type RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeSeries, openFreshLog } from '../test/fresh-log.js';
import { listen, promised, quiet } from '../test/transports.js';
import { VirtualHost } from '../test/virtual-host.js';
import { RabbitMqTransport, type RabbitMqTransportOptions } from './rabbitmq-transport.js';
import { Relay } from './relay.js';
import { deadQueue, topologyOf } from './topology.js';

const consumer = { name: 'test.hear', types: [SeriesCompleted.type], summary: 'Hears of complete series.' };
const ladder = [50, 100];
const topology = topologyOf([consumer], ladder);
const patient = { timeout: 20_000, interval: 50 };

let log: EventLog;
let host: VirtualHost;
let relay: Relay;
let transports: RabbitMqTransport[] = [];

beforeAll(async () => {
  log = await openFreshLog();
});
afterAll(() => log.close());
beforeEach(async () => {
  host = await VirtualHost.create();
  await log.checkpoints.set('relay', (await log.head()).position);
  relay = new Relay({ url: host.url, source: '/log/test/1', log, topology, logger: quiet });
  await relay.start();
});
afterEach(async () => {
  await Promise.all(transports.map((transport) => transport.close()));
  transports = [];
  await relay.stop();
  await host.remove();
});

const start = async (
  handle: (event: RecordedEvent) => Promise<void>,
  options: Partial<RabbitMqTransportOptions> = {},
): Promise<RabbitMqTransport> => {
  const transport = new RabbitMqTransport({ url: host.url, name: 'test', log, logger: quiet, ladder, ...options });
  transports.push(transport);
  return listen(transport, consumer, handle);
};

const send = (queue: string, content: string, headers = {}): Promise<void> =>
  host.visit(async (connection) => {
    const channel = await connection.createConfirmChannel();
    channel.sendToQueue(queue, Buffer.from(content), { headers });
    await channel.waitForConfirms();
  });

describe('the bus over RabbitMQ', () => {
  it('brings what is appended to a consumer, with its data, which the broker never saw', async () => {
    const seen: RecordedEvent[] = [];
    await start(async (event) => void seen.push(event));
    const recorded = await completeSeries(log, 'a', 'b');
    await vi.waitFor(() => expect(seen).toHaveLength(2), patient);
    expect(seen.toSorted((a, b) => a.position - b.position)).toEqual(recorded);
  });

  it('keeps the news for a consumer that is not there yet', async () => {
    const [recorded] = await completeSeries(log, 'a');
    await vi.waitFor(async () => expect(await log.checkpoints.get('relay')).toBe(recorded?.position), patient);
    const seen: RecordedEvent[] = [];
    await start(async (event) => void seen.push(event));
    await vi.waitFor(() => expect(seen).toEqual([recorded]), patient);
  });

  it('keeps the order of each stream while it works on many at a time', async () => {
    const handled = new Map<string, number[]>();
    const streams = ['order-1', 'order-2', 'order-3'];
    await start(async ({ stream, sequence }) => {
      await new Promise((resolve) => setTimeout(resolve, (sequence * 7) % 5));
      handled.set(stream, [...(handled.get(stream) ?? []), sequence]);
    });
    for (let round = 0; round < 20; round++) await completeSeries(log, ...streams);
    await vi.waitFor(() => expect([...handled.values()].flat()).toHaveLength(60), patient);
    for (const sequences of handled.values()) expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  });

  it('tries again what failed, and is done when an attempt succeeds', async () => {
    const attempts: number[] = [];
    await start(async ({ position }) => {
      attempts.push(position);
      if (attempts.length < 3) throw new Error('not yet');
    });
    const [recorded] = await completeSeries(log, 'a');
    await vi.waitFor(() => expect(attempts).toHaveLength(3), patient);
    expect(new Set(attempts)).toEqual(new Set([recorded?.position]));
    await transports[0]?.close();
    expect(await host.take(consumer.name)).toEqual([]);
    expect(await host.take(deadQueue(consumer.name))).toEqual([]);
  });

  it('buries what failed on every rung of the ladder, with the reason', async () => {
    let attempts = 0;
    await start(async () => {
      attempts += 1;
      throw new CodedError('routing.no-rules', 'there are no rules');
    });
    const [recorded] = await completeSeries(log, 'a');
    const dead = await vi.waitFor(async () => {
      const messages = await host.take(deadQueue(consumer.name));
      expect(messages).toHaveLength(1);
      return messages[0];
    }, patient);
    expect(attempts).toBe(3);
    expect(dead?.properties).toMatchObject({ messageId: String(recorded?.position), type: SeriesCompleted.type });
    expect(dead?.properties.headers).toMatchObject({
      'x-attempt': 3,
      'x-error': { code: 'routing.no-rules', message: 'there are no rules' },
      cloudEvents_subject: 'series/a',
    });
  });

  it('buries at once what is not news, or is of no event of this log', async () => {
    const seen: RecordedEvent[] = [];
    await start(async (event) => void seen.push(event));
    const [recorded] = await completeSeries(log, 'a');
    await vi.waitFor(() => expect(seen).toHaveLength(1), patient);
    const news = { specversion: '1.0', id: '999999', type: SeriesCompleted.type, subject: 'series/a' };
    await send(consumer.name, 'garbage');
    await send(consumer.name, JSON.stringify(news));
    await send(consumer.name, JSON.stringify({ ...news, id: String(recorded?.position), subject: 'series/other' }));
    const codes: string[] = [];
    await vi.waitFor(async () => {
      for (const { properties } of await host.take(deadQueue(consumer.name)))
        codes.push(properties.headers?.['x-error'].code);
      expect(codes.toSorted()).toEqual(['log.no-such-position', 'messaging.bad-news', 'messaging.foreign-news']);
    }, patient);
    expect(seen).toHaveLength(1);
  });

  it('finishes and acknowledges what is under way when it is closed', async () => {
    const work = promised();
    let begun = 0;
    let finished = 0;
    const transport = await start(async () => {
      begun += 1;
      await work.promise;
      finished += 1;
    });
    await completeSeries(log, '1', '2', '3', '4', '5');
    await vi.waitFor(() => expect(begun).toBe(5), patient);
    const closed = transport.close();
    work.keep();
    await closed;
    expect(finished).toBe(5);
    expect(await host.take(consumer.name)).toEqual([]);
  });

  it('leaves to the broker what takes too long when it is closed', async () => {
    const work = promised();
    const begun = promised();
    const transport = await start(
      async () => {
        begun.keep();
        await work.promise;
      },
      { drainMs: 50 },
    );
    await completeSeries(log, 'slow');
    await begun.promise;
    await transport.close();
    work.keep();
    const [message] = await host.take(consumer.name);
    expect(message?.fields.redelivered).toBe(true);
  });

  it('shares the work with other instances, each event handled by one of them', async () => {
    const handled: [string, number][] = [];
    const handle =
      (who: string) =>
      async ({ position }: RecordedEvent) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        handled.push([who, position]);
      };
    await start(handle('one'), { prefetch: 4 });
    await start(handle('other'), { prefetch: 4 });
    const recorded = await completeSeries(log, ...Array.from({ length: 200 }, (_, index) => `share-${index}`));
    await vi.waitFor(() => expect(handled).toHaveLength(200), patient);
    expect(handled.map(([, position]) => position).toSorted((a, b) => a - b)).toEqual(
      recorded.map(({ position }) => position),
    );
    expect(new Set(handled.map(([who]) => who))).toEqual(new Set(['one', 'other']));
  });

  it('subscribes again when its queue is deleted', async () => {
    const seen: string[] = [];
    await start(async ({ stream }) => void seen.push(stream));
    await completeSeries(log, 'before');
    await vi.waitFor(() => expect(seen).toEqual(['series/before']), patient);
    await host.request('DELETE', `/queues/${host.name}/${consumer.name}`);
    await vi.waitFor(async () => {
      const queue = (await host.request('GET', `/queues/${host.name}/${consumer.name}/bindings`)) as unknown[];
      expect(queue).toHaveLength(2);
    }, patient);
    await completeSeries(log, 'after');
    await vi.waitFor(() => expect(seen).toEqual(['series/before', 'series/after']), patient);
  });

  it('settles what was under way when its queue was deleted, and works on', async () => {
    const work = promised();
    const begun = promised();
    const seen: string[] = [];
    await start(async ({ stream }) => {
      begun.keep();
      if (stream === 'series/under-way') await work.promise;
      seen.push(stream);
    });
    await completeSeries(log, 'under-way');
    await begun.promise;
    await host.request('DELETE', `/queues/${host.name}/${consumer.name}`);
    work.keep();
    await vi.waitFor(() => host.request('GET', `/queues/${host.name}/${consumer.name}`), patient);
    await completeSeries(log, 'after');
    await vi.waitFor(() => expect(seen).toContain('series/after'), patient);
  });

  it('comes back after its connections were closed, and loses nothing', async () => {
    const seen = new Set<number>();
    await start(async ({ position }) => void seen.add(position));
    const before = await completeSeries(log, ...Array.from({ length: 100 }, (_, index) => `lost-${index}`));
    const connections = await vi.waitFor(async () => {
      const names = await host.connections();
      expect(names.length).toBeGreaterThanOrEqual(3);
      return names;
    }, patient);
    const during = completeSeries(log, ...Array.from({ length: 100 }, (_, index) => `lost-${index}`));
    await Promise.all(connections.map((name) => host.request('DELETE', `/connections/${encodeURIComponent(name)}`)));
    const after = await completeSeries(log, 'lost-after');
    const positions = [...before, ...(await during), ...after].map(({ position }) => position);
    await vi.waitFor(() => expect([...seen].toSorted((a, b) => a - b)).toEqual(positions), patient);
  });

  it('starts without its broker, and subscribes when it is there', async () => {
    await relay.stop();
    await host.remove();
    const seen: string[] = [];
    const states: string[] = [];
    const transport = await start(async ({ stream }) => void seen.push(stream));
    transport.status.subscribe((state) => states.push(state));
    relay = new Relay({ url: host.url, source: '/log/test/1', log, topology, logger: quiet });
    await relay.start();
    await completeSeries(log, 'patience');
    expect(states).toEqual(['disconnected']);
    await host.begin();
    await vi.waitFor(() => expect(seen).toEqual(['series/patience']), patient);
    expect(states).toEqual(['disconnected', 'connected']);
  });

  it('refuses an address that is not one', async () => {
    await expect(start(async () => undefined, { url: 'http://waystation:secret@broker/' })).rejects.toThrow(
      'http://waystation:***@broker/ is not the address of a broker',
    );
  });
});
