import { SeriesCompleted, type RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeSeries } from '../test/fresh-log.js';
import { consumer, patient, TestBus } from '../test/test-bus.js';
import { deadQueue } from './topology.js';

let bus: TestBus;

beforeEach(async () => {
  bus = await TestBus.open();
});
afterEach(() => bus.close());

describe('the bus over RabbitMQ', () => {
  it('brings what is appended to a consumer, with its data, which the broker never saw', async () => {
    const seen: RecordedEvent[] = [];
    await bus.start(async (event) => void seen.push(event));
    const recorded = await completeSeries(bus.log, 'a', 'b');
    await vi.waitFor(() => expect(seen).toHaveLength(2), patient);
    expect(seen.toSorted((a, b) => a.position - b.position)).toEqual(recorded);
  });

  it('keeps the news for a consumer that is not there yet', async () => {
    const [recorded] = await completeSeries(bus.log, 'a');
    await vi.waitFor(async () => expect(await bus.log.checkpoints.get('relay')).toBe(recorded?.position), patient);
    const seen: RecordedEvent[] = [];
    await bus.start(async (event) => void seen.push(event));
    await vi.waitFor(() => expect(seen).toEqual([recorded]), patient);
  });

  it('keeps the order of each stream while it works on many at a time', async () => {
    const handled = new Map<string, number[]>();
    const streams = ['order-1', 'order-2', 'order-3'];
    await bus.start(async ({ stream, sequence }) => {
      await new Promise((resolve) => setTimeout(resolve, (sequence * 7) % 5));
      handled.set(stream, [...(handled.get(stream) ?? []), sequence]);
    });
    for (let round = 0; round < 20; round++) await completeSeries(bus.log, ...streams);
    await vi.waitFor(() => expect([...handled.values()].flat()).toHaveLength(60), patient);
    for (const sequences of handled.values()) expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  });

  it('tries again what failed, and is done when an attempt succeeds', async () => {
    const attempts: number[] = [];
    const transport = await bus.start(async ({ position }) => {
      attempts.push(position);
      if (attempts.length < 3) throw new Error('not yet');
    });
    const [recorded] = await completeSeries(bus.log, 'a');
    await vi.waitFor(() => expect(attempts).toHaveLength(3), patient);
    expect(new Set(attempts)).toEqual(new Set([recorded?.position]));
    await transport.close();
    expect(await bus.host.take(consumer.name)).toEqual([]);
    expect(await bus.host.take(deadQueue(consumer.name))).toEqual([]);
  });

  it('buries what failed on every rung of the ladder, with the reason', async () => {
    let attempts = 0;
    await bus.start(async () => {
      attempts += 1;
      throw new CodedError('routing.no-rules', 'there are no rules');
    });
    const [recorded] = await completeSeries(bus.log, 'a');
    const dead = await vi.waitFor(async () => {
      const messages = await bus.host.take(deadQueue(consumer.name));
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

  it('has the broker bury what is delivered again and again without an answer', async () => {
    await completeSeries(bus.log, 'a');
    await vi.waitFor(async () => expect((await bus.look(consumer.name)).messageCount).toBe(1), patient);
    await bus.host.visit(async (connection) => {
      const channel = await connection.createChannel();
      await channel.consume(consumer.name, (message) => message && channel.nack(message, false, true));
      await vi.waitFor(async () => expect((await bus.look(deadQueue(consumer.name))).messageCount).toBe(1), patient);
    });
    const [dead] = await bus.host.take(deadQueue(consumer.name));
    expect(dead?.properties.headers?.['x-first-death-reason']).toBe('delivery_limit');
  });

  it('buries at once what is not news, or is of no event of this log', async () => {
    const seen: RecordedEvent[] = [];
    await bus.start(async (event) => void seen.push(event));
    const [recorded] = await completeSeries(bus.log, 'a');
    await vi.waitFor(() => expect(seen).toHaveLength(1), patient);
    const news = { specversion: '1.0', id: '999999', type: SeriesCompleted.type, subject: 'series/a' };
    await bus.send(consumer.name, 'garbage');
    await bus.send(consumer.name, JSON.stringify(news));
    await bus.send(consumer.name, JSON.stringify({ ...news, id: String(recorded?.position), subject: 'series/other' }));
    const codes: string[] = [];
    await vi.waitFor(async () => {
      for (const { properties } of await bus.host.take(deadQueue(consumer.name)))
        codes.push(properties.headers?.['x-error'].code);
      expect(codes.toSorted()).toEqual(['log.no-such-position', 'messaging.bad-news', 'messaging.foreign-news']);
    }, patient);
    expect(seen).toHaveLength(1);
  });

  it('shares the work with other instances, each event handled by one of them', async () => {
    const handled: [string, number][] = [];
    const handle =
      (who: string) =>
      async ({ position }: RecordedEvent) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        handled.push([who, position]);
      };
    await bus.start(handle('one'), { prefetch: 4 });
    await bus.start(handle('other'), { prefetch: 4 });
    const recorded = await completeSeries(bus.log, ...Array.from({ length: 200 }, (_, index) => `share-${index}`));
    await vi.waitFor(() => expect(handled).toHaveLength(200), patient);
    expect(handled.map(([, position]) => position).toSorted((a, b) => a - b)).toEqual(
      recorded.map(({ position }) => position),
    );
    expect(new Set(handled.map(([who]) => who))).toEqual(new Set(['one', 'other']));
  });

  it('refuses an address that is not one', async () => {
    await expect(bus.start(async () => undefined, { url: 'http://waystation:secret@broker/' })).rejects.toThrow(
      'http://waystation:***@broker/ is not the address of a broker',
    );
  });
});
