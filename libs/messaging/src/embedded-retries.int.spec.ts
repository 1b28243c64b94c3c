import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { consumer, EmbeddedBus, everything } from '../test/embedded-bus.js';
import { completeSeries } from '../test/fresh-log.js';
import { promised } from '../test/transports.js';

let bus: EmbeddedBus;
beforeEach(async () => {
  bus = await EmbeddedBus.open();
});
afterEach(() => bus.close());

describe('where a handler fails or hangs, the embedded bus', () => {
  it('tries again what failed while other streams go on', async () => {
    const attempts = new Map<string, number>();
    await completeSeries(bus.log, 'bad', 'good');
    await bus.start(
      async ({ stream }) => {
        const attempt = (attempts.get(stream) ?? 0) + 1;
        attempts.set(stream, attempt);
        if (stream === 'series/bad' && (attempt < 3 || !attempts.has('series/good'))) throw new Error('not yet');
      },
      { ladder: [10, 10, 10], parallel: 1 },
    );
    await vi.waitFor(async () => expect(await bus.checkpoint()).toBe(2));
    expect(attempts).toEqual(
      new Map([
        ['series/bad', 3],
        ['series/good', 1],
      ]),
    );
  });

  it('parks what fails again and again, and passes over it', async () => {
    const seen: number[] = [];
    await completeSeries(bus.log, '1');
    await completeSeries(bus.log, '1');
    await bus.start(
      async ({ position }) => {
        if (position === 1) throw new Error('there are no rules');
        seen.push(position);
      },
      { ladder: [5, 5] },
    );
    await vi.waitFor(() => expect(seen).toEqual([2]));
    const { rows } = await bus.log.pool.query('select consumer, position::int, attempts, error, state from log.parked');
    expect(rows).toEqual([
      { consumer: consumer.name, position: 1, attempts: 3, error: 'there are no rules', state: 'parked' },
    ]);
  });

  it('does not count attempts while the database is away, and parks nothing for that', async () => {
    let attempts = 0;
    await completeSeries(bus.log, '1');
    await bus.start(
      async () => {
        attempts++;
        if (attempts > 3) return;
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
      },
      { ladder: [5] },
    );
    await vi.waitFor(async () => expect(await bus.checkpoint()).toBe(1), { timeout: 20_000 });
    expect(attempts).toBe(4);
    expect((await bus.log.pool.query('select from log.parked')).rowCount).toBe(0);
  });

  it('leaves an event that waits for its next attempt to the next start', async () => {
    const failed = promised();
    await completeSeries(bus.log, '1');
    const transport = await bus.start(
      async () => {
        failed.keep();
        throw new Error('not yet');
      },
      { ladder: [60_000] },
    );
    await failed.promise;
    await transport.close();
    expect(await bus.checkpoint()).toBe(0);
    const seen: number[] = [];
    await bus.start(async ({ position }) => void seen.push(position));
    await vi.waitFor(() => expect(seen).toEqual([1]));
  });

  it('carries thousands of events past a stream that is stuck', async () => {
    const stuck = promised();
    await completeSeries(bus.log, 'stuck');
    for (let unit = 0; unit < 3; unit++) {
      await completeSeries(bus.log, ...Array.from({ length: 400 }, (_, index) => `${index}`));
    }
    let handled = 0;
    await bus.start(
      async ({ stream }) => {
        if (stream === 'series/stuck') await stuck.promise;
        else await new Promise((resolve) => setTimeout(resolve, 1));
        handled += 1;
      },
      { consumer: everything },
    );
    await vi.waitFor(() => expect(handled).toBe(1_200), { timeout: 10_000 });
    stuck.keep();
    await vi.waitFor(() => expect(handled).toBe(1_201));
  });
});
