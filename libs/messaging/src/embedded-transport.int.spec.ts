import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { messageFlow, type RecordedEvent, type SeriesCompleted } from '@waystation/events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbeddedBus } from '../test/embedded-bus.js';
import { completeSeries } from '../test/fresh-log.js';
import { promised, quiet } from '../test/transports.js';
import { createTransport } from './create-transport.js';
import { OnEvent } from './on-event.decorator.js';

let bus: EmbeddedBus;
beforeEach(async () => {
  bus = await EmbeddedBus.open();
});
afterEach(() => bus.close());

describe('the embedded bus', () => {
  it('tells a new consumer of everything from the beginning, and then of what is appended', async () => {
    const seen: number[] = [];
    await completeSeries(bus.log, '1', '2');
    await bus.start(async ({ position }) => void seen.push(position));
    await completeSeries(bus.log, '3');
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]));
  });

  it('tells a consumer only of its event types and still moves on behind the others', async () => {
    const seen: string[] = [];
    await bus.log.append({
      time: new Date().toISOString(),
      metadata: {},
      parts: [{ stream: 'series/1', expected: 0, events: [{ type: 'series.discarded.v1', data: {} }] }],
    });
    await completeSeries(bus.log, '2');
    await bus.log.append({
      time: new Date().toISOString(),
      metadata: {},
      parts: [{ stream: 'series/3', expected: 0, events: [{ type: 'series.discarded.v1', data: {} }] }],
    });
    await bus.start(async ({ stream }) => void seen.push(stream));
    await vi.waitFor(async () => expect(await bus.checkpoint()).toBe(3));
    expect(seen).toEqual(['series/2']);
  });

  it('keeps the order of each stream while it works on many at a time', async () => {
    const streams = ['1', '2', '3', '4', '5'];
    const handled = new Map<string, number[]>();
    let running = 0;
    let most = 0;
    const rounds = 20;
    for (let round = 0; round < rounds; round++) await completeSeries(bus.log, ...streams);
    await bus.start(
      async ({ stream, sequence }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, (sequence * 7) % 5));
        running -= 1;
        handled.set(stream, [...(handled.get(stream) ?? []), sequence]);
      },
      { parallel: 3 },
    );
    await vi.waitFor(async () => expect(await bus.checkpoint()).toBe(rounds * streams.length), { timeout: 10_000 });
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
      get: (name: string) => bus.log.checkpoints.get(name),
      set: async (name: string, position: number) => {
        saved.push(position);
        await bus.log.checkpoints.set(name, position);
      },
    };
    const watched = {
      pool: bus.log.pool,
      checkpoints,
      read: (position: number) => bus.log.read(position),
      readAll: (range: { after: number; limit: number }) => {
        readings += 1;
        return bus.log.readAll(range);
      },
      onAppended: (listener: () => void) => bus.log.onAppended(listener),
    };
    await completeSeries(bus.log, '1', '2', '3');
    await bus.start(
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
    await completeSeries(bus.log, '1', '2');
    const before = await bus.start(handle);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    await before.close();
    await completeSeries(bus.log, '3');
    await bus.start(handle);
    await vi.waitFor(() => expect(seen).toEqual([1, 2, 3]));
  });

  it('waits for handlers that are at work when it is closed, and does not repeat them', async () => {
    const work = promised();
    await completeSeries(bus.log, '1', '2');
    let begun = 0;
    let finished = 0;
    const transport = await bus.start(async () => {
      begun += 1;
      await work.promise;
      finished += 1;
    });
    await vi.waitFor(() => expect(begun).toBe(2));
    const closed = transport.close();
    work.keep();
    await closed;
    expect(finished).toBe(2);
    expect(await bus.checkpoint()).toBe(2);
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
    const strategy = createTransport({ bus: 'embedded', name: 'routing', log: bus.log, logger: quiet });
    const app = await NestFactory.createMicroservice(Routing, { strategy, logger: false });
    await app.listen();
    const recorded = await completeSeries(bus.log, '1.2.3');
    await vi.waitFor(() => expect(seen).toEqual(recorded));
    await app.close();
    expect(await bus.log.checkpoints.get(`bus/${messageFlow.routeSeries.name}`)).toBe(1);
  });
});
