import { randomUUID } from 'node:crypto';
import { EventLog, migrate, type TimerSetting } from '@waystation/event-log';
import { createLogger } from '@waystation/observability';
import { exampleSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { TimerLanes } from './timer-lanes.js';

const base = process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '';
const database = `lanes_${randomUUID().replaceAll('-', '')}`;
const server = new pg.Client(base);
let log: EventLog;
let lanes: TimerLanes;
let handled: string[];

beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${database}`);
  const url = Object.assign(new URL(base), { pathname: `/${database}` }).href;
  await migrate(url);
  log = await EventLog.open({ url, applicationName: 'lanes-spec' });
});
beforeEach(() => {
  handled = [];
  lanes = new TimerLanes({
    log,
    prefix: 'lane/',
    concurrency: () => 2,
    leaseMs: 60_000,
    handle: async ({ stream, queue }) => {
      handled.push(`${queue}: ${stream}`);
      await set(stream, null);
    },
    logger: createLogger({ service: 'spec', level: 'error', format: 'text' }),
  });
});
afterEach(() => lanes.stop(0));
afterAll(async () => {
  await log.close();
  await server.query(`drop database ${database} with (force)`);
  await server.end();
});

const set = (stream: string, timer: TimerSetting | null) =>
  log.append({
    parts: [{ stream, expected: 'any', events: [exampleSeries.stored(1)], timer }],
    time: new Date().toISOString(),
    metadata: {},
  });

it('Lanes handle what is due in each of them, before and after they begin, announced or not', async () => {
  await set('s/1', { queue: 'lane/a', afterMs: 0 });
  await set('s/2', { queue: 'other', afterMs: 0 });
  await lanes.start();
  await set('s/3', { queue: 'lane/b', afterMs: 0 });
  await set('s/4', { queue: 'lane/c', afterMs: 0 });
  lanes.wake('lane/c');
  await vi.waitFor(() => expect(handled.toSorted()).toEqual(['lane/a: s/1', 'lane/b: s/3', 'lane/c: s/4']), 30_000);
});

it('Lanes in which nothing is due ask the log for nothing, however much happens', async () => {
  for (let target = 1; target <= 20; target++)
    await set(`waits/${target}`, { queue: `lane/dead-${target}`, afterMs: 3_600_000 });
  const claim = vi.spyOn(log.timers, 'claim');
  await lanes.start();
  for (let event = 1; event <= 20; event++) await set('busy', null);
  await set('s/5', { queue: 'lane/alive', afterMs: 0 });
  await vi.waitFor(() => expect(handled).toEqual(['lane/alive: s/5']), 30_000);
  const asked = new Set(claim.mock.calls.map(([{ queue }]) => queue));
  claim.mockRestore();
  expect([...asked]).toEqual(['lane/alive']);
});
