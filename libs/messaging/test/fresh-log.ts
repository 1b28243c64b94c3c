import { randomUUID } from 'node:crypto';
import { EventLog, migrate } from '@waystation/event-log';
import { SeriesCompleted, streamName, type RecordedEvent } from '@waystation/events';
import pg from 'pg';

/** Does something to the database server with every right. */
export const asSuperuser = async (sql: string, values: unknown[] = []): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: server() });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
};

/** A log in a database that nobody else uses. */
export const openFreshLog = async (): Promise<EventLog> => {
  const name = `messaging_${randomUUID().replaceAll('-', '')}`;
  await asSuperuser(`create database ${name}`);
  const url = new URL(server());
  url.pathname = `/${name}`;
  await migrate(url.href);
  return EventLog.open({ url: url.href, applicationName: 'messaging-test' });
};

const server = (): string => {
  const url = process.env['WAYSTATION_TEST_POSTGRES_URL'];
  if (url === undefined) throw new Error('WAYSTATION_TEST_POSTGRES_URL is not set');
  return url;
};

/** Appends one more completion to each of these series, in this order and in one unit. */
export const completeSeries = async (log: EventLog, ...series: readonly string[]): Promise<readonly RecordedEvent[]> =>
  log.append({
    time: new Date().toISOString(),
    metadata: {},
    parts: series.map((uid) => ({
      stream: streamName.series(uid),
      expected: 'any',
      events: [
        SeriesCompleted.of({
          revision: 1,
          trigger: 'quiet',
          quietPeriodMs: 1_000,
          lastReceivedAt: '2026-01-31T12:00:00.000Z',
          instances: 1,
          newInstances: 1,
          digest: '0'.repeat(64),
        }),
      ],
    })),
  });
