import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asSuperuser, completeSeries } from '../test/fresh-log.js';
import { consumer, patient, TestBus } from '../test/test-bus.js';

let bus: TestBus;

beforeEach(async () => {
  bus = await TestBus.open();
});
afterEach(() => bus.close());

const checkpoint = () => bus.log.checkpoints.get(`bus/${consumer.name}`);
const sweptUpTo = (position: number) => vi.waitFor(async () => expect(await checkpoint()).toBe(position), patient);

describe('the sweep behind the news', () => {
  it('brings what was lost with a queue', async () => {
    const seen: string[] = [];
    let isReady = false;
    const handle = async ({ stream }: { readonly stream: string }) => {
      if (!isReady) throw new Error('not yet');
      seen.push(stream);
    };
    const resting = `${consumer.name}.retry.600000`;
    const transport = await bus.start(handle, { ladder: [600_000] });
    await completeSeries(bus.log, 'lost');
    await vi.waitFor(async () => expect((await bus.look(resting)).messageCount).toBe(1), patient);
    isReady = true;
    await bus.host.request('DELETE', `/queues/${bus.host.name}/${resting}`);
    await transport.close();
    await bus.start(handle, { behindMs: 50 });
    await vi.waitFor(() => expect(seen).toEqual(['series/lost']), patient);
  });

  it('brings everything where there is no broker at all, only later', async () => {
    await bus.stopRelay();
    await bus.host.remove();
    const seen: number[] = [];
    await bus.start(async ({ position }) => void seen.push(position), { behindMs: 50 });
    await completeSeries(bus.log, 'a', 'b');
    await completeSeries(bus.log, 'a');
    await sweptUpTo(3);
    expect(new Set(seen)).toEqual(new Set([1, 2, 3]));
    expect(seen).toHaveLength(3);
    await bus.host.begin();
  });

  it('does not do again what this process has done', async () => {
    const seen: number[] = [];
    await bus.start(async ({ position }) => void seen.push(position), { behindMs: 1_000 });
    await completeSeries(bus.log, ...Array.from({ length: 50 }, (_, index) => `once-${index}`));
    await sweptUpTo(50);
    expect(seen).toHaveLength(50);
  });

  it('is done by one process of a consumer, and by another when that one is gone', async () => {
    const seen: string[] = [];
    const holders = () =>
      bus.log.pool.query('select from log.office where name = $1 and held_until > clock_timestamp()', [
        `sweep/${consumer.name}`,
      ]);
    const one = await bus.start(async () => void seen.push('one'), { behindMs: 50 });
    await vi.waitFor(async () => expect((await holders()).rowCount).toBe(1), patient);
    await bus.start(async () => void seen.push('other'), { behindMs: 50 });
    await one.close();
    await bus.stopRelay();
    await completeSeries(bus.log, 'a');
    await sweptUpTo(1);
    expect(seen).toEqual(['other']);
    expect((await holders()).rowCount).toBe(1);
  });

  it('puts aside in the database what nobody can handle, and goes on', async () => {
    await bus.stopRelay();
    const seen: string[] = [];
    const handle = async ({ stream }: { readonly stream: string }) => {
      if (stream === 'series/poison') throw new Error('cannot');
      seen.push(stream);
    };
    await bus.start(handle, { behindMs: 50, ladder: [10] });
    await completeSeries(bus.log, 'poison', 'b');
    await sweptUpTo(2);
    expect(seen).toEqual(['series/b']);
    const { rows } = await bus.log.pool.query('select consumer, position, attempts, error from log.parked');
    expect(rows).toMatchObject([{ consumer: consumer.name, attempts: 2, error: 'cannot' }]);
  });

  it('stays where it was while the database is away, and goes on from there', async () => {
    await bus.stopRelay();
    const seen: number[] = [];
    await bus.start(async ({ position }) => void seen.push(position), { behindMs: 50 });
    await completeSeries(bus.log, 'a');
    await sweptUpTo(1);
    const { rows } = await bus.log.pool.query('select current_database() as name');
    await asSuperuser('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [rows[0].name]);
    await vi.waitFor(() => completeSeries(bus.log, 'b'), patient);
    await sweptUpTo(2);
    expect(seen).toEqual([1, 2]);
  });
});
