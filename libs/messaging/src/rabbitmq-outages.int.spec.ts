import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeSeries } from '../test/fresh-log.js';
import { consumer, patient, TestBus } from '../test/test-bus.js';
import { promised } from '../test/transports.js';
import { retryQueue } from './topology.js';

let bus: TestBus;

beforeEach(async () => {
  bus = await TestBus.open();
});
afterEach(() => bus.close());

describe('the bus over RabbitMQ, when something goes away,', () => {
  it('loses nothing when the queue that a failed message was to rest in is deleted', async () => {
    let attempts = 0;
    await bus.start(async () => {
      attempts += 1;
      if (attempts === 2)
        await bus.host.request('DELETE', `/queues/${bus.host.name}/${retryQueue(consumer.name, 100)}`);
      if (attempts < 3) throw new Error('not yet');
    });
    await completeSeries(bus.log, 'a');
    await vi.waitFor(() => expect(attempts).toBe(3), patient);
  });

  it('finishes and acknowledges what is under way when it is closed', async () => {
    const work = promised();
    let begun = 0;
    let finished = 0;
    const transport = await bus.start(async () => {
      begun += 1;
      await work.promise;
      finished += 1;
    });
    await completeSeries(bus.log, '1', '2', '3', '4', '5');
    await vi.waitFor(() => expect(begun).toBe(5), patient);
    const closed = transport.close();
    // Longer than a close takes that waits for nothing.
    await new Promise((resolve) => setTimeout(resolve, 200));
    work.keep();
    await closed;
    expect(finished).toBe(5);
    expect(await bus.host.take(consumer.name)).toEqual([]);
  });

  it('leaves to the broker what takes too long when it is closed', async () => {
    const work = promised();
    const begun = promised();
    const transport = await bus.start(
      async () => {
        begun.keep();
        await work.promise;
      },
      { drainMs: 50 },
    );
    await completeSeries(bus.log, 'slow');
    await begun.promise;
    await transport.close();
    work.keep();
    const [message] = await bus.host.take(consumer.name);
    expect(message?.fields.redelivered).toBe(true);
  });

  it('subscribes again when its queue is deleted', async () => {
    const seen: string[] = [];
    await bus.start(async ({ stream }) => void seen.push(stream));
    await completeSeries(bus.log, 'before');
    await vi.waitFor(() => expect(seen).toEqual(['series/before']), patient);
    await bus.host.request('DELETE', `/queues/${bus.host.name}/${consumer.name}`);
    await vi.waitFor(async () => {
      const queue = (await bus.host.request('GET', `/queues/${bus.host.name}/${consumer.name}/bindings`)) as unknown[];
      expect(queue).toHaveLength(2);
    }, patient);
    await completeSeries(bus.log, 'after');
    await vi.waitFor(() => expect(seen).toEqual(['series/before', 'series/after']), patient);
  });

  it('settles what was under way when its queue was deleted, and works on', async () => {
    const work = promised();
    const begun = promised();
    const seen: string[] = [];
    await bus.start(async ({ stream }) => {
      begun.keep();
      if (stream === 'series/under-way') await work.promise;
      seen.push(stream);
    });
    await completeSeries(bus.log, 'under-way');
    await begun.promise;
    await bus.host.request('DELETE', `/queues/${bus.host.name}/${consumer.name}`);
    work.keep();
    await vi.waitFor(() => bus.host.request('GET', `/queues/${bus.host.name}/${consumer.name}`), patient);
    await completeSeries(bus.log, 'after');
    await vi.waitFor(() => expect(seen).toContain('series/after'), patient);
  });

  it('comes back after its connections were closed, and loses nothing', async () => {
    const seen = new Set<number>();
    await bus.start(async ({ position }) => void seen.add(position));
    const before = await completeSeries(bus.log, ...Array.from({ length: 100 }, (_, index) => `lost-${index}`));
    const connections = await vi.waitFor(async () => {
      const names = await bus.host.connections();
      expect(names.length).toBeGreaterThanOrEqual(3);
      return names;
    }, patient);
    const during = completeSeries(bus.log, ...Array.from({ length: 100 }, (_, index) => `lost-${index}`));
    await Promise.all(
      connections.map((name) => bus.host.request('DELETE', `/connections/${encodeURIComponent(name)}`)),
    );
    const after = await completeSeries(bus.log, 'lost-after');
    const positions = [...before, ...(await during), ...after].map(({ position }) => position);
    await vi.waitFor(() => expect([...seen].toSorted((a, b) => a - b)).toEqual(positions), patient);
  });

  it('starts without its broker, and subscribes when it is there', async () => {
    await bus.stopRelay();
    await bus.host.remove();
    const seen: string[] = [];
    const states: string[] = [];
    const transport = await bus.start(async ({ stream }) => void seen.push(stream));
    transport.status.subscribe((state) => states.push(state));
    await bus.startRelay();
    await completeSeries(bus.log, 'patience');
    expect(states).toEqual(['disconnected']);
    await bus.host.begin();
    await vi.waitFor(() => expect(seen).toEqual(['series/patience']), patient);
    expect(states).toEqual(['disconnected', 'connected']);
  });
});
