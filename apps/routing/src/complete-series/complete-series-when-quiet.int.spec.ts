import { randomUUID } from 'node:crypto';
import { seriesDecider } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { streamName, type RecordedEvent } from '@waystation/events';
import { createLogger } from '@waystation/observability';
import { exampleSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CompleteSeriesWhenQuiet } from './complete-series-when-quiet.js';

const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
const database = `routing_${randomUUID().replaceAll('-', '')}`;
const stream = streamName.series(exampleSeries.seriesInstanceUid);
let log: EventLog;
let policy: CompleteSeriesWhenQuiet;

beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${database}`);
  const url = new URL(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
  url.pathname = `/${database}`;
  await migrate(url.href);
  log = await EventLog.open({ url: url.href, applicationName: 'routing-spec' });
});
afterAll(async () => {
  await policy?.beforeApplicationShutdown();
  await log.close();
  await server.query(`drop database ${database} with (force)`);
  await server.end();
});

it('completes a quiet series because of the last object that arrived', async () => {
  const commands = new CommandHandler(log, 'routing');
  for (const image of [1, 2, 2])
    await commands.handle(seriesDecider, stream, exampleSeries.storeInstance(image, { quietPeriodMs: 1 }));
  const logger = createLogger({ service: 'routing', level: 'error', format: 'text' });
  policy = new CompleteSeriesWhenQuiet(log, commands, logger);
  policy.onApplicationBootstrap();
  const events = await vi.waitFor(async (): Promise<readonly RecordedEvent[]> => {
    const found = await log.readStream(stream);
    expect(found.at(-1)?.type).toBe('series.completed.v1');
    return found;
  }, 30_000);
  expect(events.map(({ type }) => type)).toEqual([
    'series.opened.v1',
    'instance.stored.v1',
    'instance.stored.v1',
    'instance.duplicated.v1',
    'series.completed.v1',
  ]);
  expect(events[4]?.metadata).toEqual({
    actor: { kind: 'service', name: 'routing' },
    correlationid: streamName.association(exampleSeries.source.association),
    causationid: events[3]?.position,
  });
});
