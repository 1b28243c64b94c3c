import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { EventLog } from '@waystation/event-log';
import { messageFlow, SeriesCompleted, type RecordedEvent } from '@waystation/events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeSeries, openFreshLog } from '../test/fresh-log.js';
import { listen, promised, quiet } from '../test/transports.js';
import { createTransport } from './create-transport.js';
import { EmbeddedTransport, type EmbeddedTransportOptions } from './embedded-transport.js';
import { OnEvent } from './on-event.decorator.js';

const consumer = { name: 'test.hear', types: [SeriesCompleted.type], summary: 'Hears of complete series.' };
const everything = { name: 'test.hear-all', types: ['#'], summary: 'Hears of everything.' };

let log: EventLog;
let transports: EmbeddedTransport[] = [];

beforeEach(async () => {
  log = await openFreshLog();
});
afterEach(async () => {
  await Promise.all(transports.map((transport) => transport.close()));
  transports = [];
  await log.close();
});

const start = async (
  handle: (event: RecordedEvent) => Promise<void>,
  options: Partial<EmbeddedTransportOptions> & { consumer?: typeof consumer | typeof everything } = {},
): Promise<EmbeddedTransport> => {
  const transport = new EmbeddedTransport({ log, logger: quiet, ...options });
  transports.push(transport);
  return listen(transport, options.consumer ?? consumer, handle);
};

const checkpoint = () => log.checkpoints.get(`bus/${consumer.name}`);

describe('the embedded bus', () => {
  it('tells a new consumer of everything from the beginning, and then of what is appended', async () => {
    const seen: number[] = [];
    await completeSeries(log, '1', '2');
    await start(async ({ position }) => void seen.push(position));
    await completeSeries(log, '3');
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]));
  });

  it('tells a consumer only of its event types and still moves on behind the others', async () => {
    const seen: string[] = [];
    await log.append({
      time: new Date().toISOString(),
      metadata: {},
      parts: [{ stream: 'series/1', expected: 0, events: [{ type: 'series.discarded.v1', data: {} }] }],
    });
    await completeSeries(log, '2');
    await log.append({
      time: new Date().toISOString(),
      metadata: {},
      parts: [{ stream: 'series/3', expected: 0, events: [{ type: 'series.discarded.v1', data: {} }] }],
    });
    await start(async ({ stream }) => void seen.push(stream));
    await vi.waitFor(async () => expect(await checkpoint()).toBe(3));
    expect(seen).toEqual(['series/2']);
  });

  it('keeps the order of each stream while it works on many at a time', async () => {
    const streams = ['1', '2', '3', '4', '5'];
    const handled = new Map<string, number[]>();
    let running = 0;
    let most = 0;
    const rounds = 20;
    for (let round = 0; round < rounds; round++) await completeSeries(log, ...streams);
    await start(
      async ({ stream, sequence }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, (sequence * 7) % 5));
        running -= 1;
        handled.set(stream, [...(handled.get(stream) ?? []), sequence]);
      },
      { parallel: 3 },
    );
    await vi.waitFor(async () => expect(await checkpoint()).toBe(rounds * streams.length), { timeout: 10_000 });
    expect(most).toBe(3);
    const inOrder = Array.from({ length: rounds }, (_, index) => index + 1);
    for (const uid of streams) expect(handled.get(`series/${uid}`)).toEqual(inOrder);
  });

  it('never moves its checkpoint past an event that is still being handled', async () => {
    const first = promised();
    const seen: number[] = [];
    const saved: number[] = [];
    const read = promised();
    let readings = 0;
    const checkpoints = {
      get: (name: string) => log.checkpoints.get(name),
      set: async (name: string, position: number) => {
        saved.push(position);
        await log.checkpoints.set(name, position);
      },
    };
    const watched = {
      pool: log.pool,
      checkpoints,
      read: (position: number) => log.read(position),
      readAll: (range: { after: number; limit: number }) => {
        readings += 1;
        return log.readAll(range);
      },
      onAppended: (listener: () => void) => log.onAppended(listener),
    };
    await completeSeries(log, '1', '2', '3');
    await start(
      async ({ position }) => {
        if (position === 2) await first.promise;
        if (position === 3) await read.promise;
        seen.push(position);
      },
      { log: watched },
    );
    await vi.waitFor(() => expect(saved).toEqual([1]));
    read.keep();
    await vi.waitFor(() => expect(seen).toEqual([1, 3]));
    await vi.waitFor(() => expect(readings).toBeGreaterThan(2), { timeout: 5_000 });
    expect(saved).toEqual([1]);
    first.keep();
    await vi.waitFor(() => expect(saved).toEqual([1, 3]));
  });

  it('goes on where it was when it starts again', async () => {
    const seen: number[] = [];
    const handle = async ({ position }: RecordedEvent) => void seen.push(position);
    await completeSeries(log, '1', '2');
    const before = await start(handle);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    await before.close();
    await completeSeries(log, '3');
    await start(handle);
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]));
  });

  it('tries again what failed while other streams go on', async () => {
    const attempts = new Map<string, number>();
    await completeSeries(log, 'bad', 'good');
    await start(
      async ({ stream }) => {
        const attempt = (attempts.get(stream) ?? 0) + 1;
        attempts.set(stream, attempt);
        if (stream === 'series/bad' && (attempt < 3 || !attempts.has('series/good'))) throw new Error('not yet');
      },
      { ladder: [10, 10, 10], parallel: 1 },
    );
    await vi.waitFor(async () => expect(await checkpoint()).toBe(2));
    expect(attempts).toEqual(
      new Map([
        ['series/bad', 3],
        ['series/good', 1],
      ]),
    );
  });

  it('parks what fails again and again, and passes over it', async () => {
    const seen: number[] = [];
    await completeSeries(log, '1');
    await completeSeries(log, '1');
    await start(
      async ({ position }) => {
        if (position === 1) throw new Error('there are no rules');
        seen.push(position);
      },
      { ladder: [5, 5] },
    );
    await vi.waitFor(() => expect(seen).toEqual([2]));
    const { rows } = await log.pool.query('select consumer, position::int, attempts, error, state from log.parked');
    expect(rows).toEqual([
      { consumer: consumer.name, position: 1, attempts: 3, error: 'there are no rules', state: 'parked' },
    ]);
  });

  it('waits for handlers that are at work when it is closed, and does not repeat them', async () => {
    const work = promised();
    await completeSeries(log, '1', '2');
    let begun = 0;
    let finished = 0;
    const transport = await start(async () => {
      begun += 1;
      await work.promise;
      finished += 1;
    });
    await vi.waitFor(() => expect(begun).toBe(2));
    const closed = transport.close();
    work.keep();
    await closed;
    expect(finished).toBe(2);
    expect(await checkpoint()).toBe(2);
  });

  it('leaves an event that waits for its next attempt to the next start', async () => {
    const failed = promised();
    await completeSeries(log, '1');
    const transport = await start(
      async () => {
        failed.keep();
        throw new Error('not yet');
      },
      { ladder: [60_000] },
    );
    await failed.promise;
    await transport.close();
    expect(await checkpoint()).toBe(0);
    const seen: number[] = [];
    await start(async ({ position }) => void seen.push(position));
    await vi.waitFor(() => expect(seen).toEqual([1]));
  });

  it('carries thousands of events past a stream that is stuck', async () => {
    const stuck = promised();
    await completeSeries(log, 'stuck');
    for (let unit = 0; unit < 3; unit++) {
      await completeSeries(log, ...Array.from({ length: 400 }, (_, index) => `${index}`));
    }
    let handled = 0;
    await start(
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

  it('serves the controllers of a Nest application', async () => {
    const seen: RecordedEvent[] = [];
    class Policy {
      on(event: RecordedEvent<SeriesCompleted>): Promise<void> {
        seen.push(event);
        return Promise.resolve();
      }
    }
    class Routing {}
    const method = Object.getOwnPropertyDescriptor(Policy.prototype, 'on') ?? {};
    (OnEvent(messageFlow.routeSeries) as MethodDecorator)(Policy.prototype, 'on', method);
    Controller()(Policy);
    Module({ controllers: [Policy] })(Routing);
    const strategy = createTransport({ bus: 'embedded', name: 'routing', log, logger: quiet });
    const app = await NestFactory.createMicroservice(Routing, { strategy, logger: false });
    await app.listen();
    const recorded = await completeSeries(log, '1.2.3');
    await vi.waitFor(() => expect(seen).toEqual(recorded));
    await app.close();
    expect(await log.checkpoints.get(`bus/${messageFlow.routeSeries.name}`)).toBe(1);
  });
});
