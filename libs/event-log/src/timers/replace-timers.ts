import type { Instant } from '@waystation/kernel';
import type { Pool, PoolClient } from 'pg';

/** A timer as it follows from the log. */
export interface TimerEntry {
  readonly stream: string;
  readonly queue: string;
  readonly dueAt: Instant;
  readonly urgent?: boolean;
  readonly waitsFor?: string;
}

const CHUNK = 1_000;

const insert = async (client: PoolClient, entries: readonly TimerEntry[]): Promise<void> => {
  await client.query(
    'insert into rebuilt_timer select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::boolean[], $5::text[])',
    [
      entries.map(({ stream }) => stream),
      entries.map(({ queue }) => queue),
      entries.map(({ dueAt }) => dueAt),
      entries.map(({ urgent }) => urgent ?? false),
      entries.map(({ waitsFor }) => waitsFor ?? null),
    ],
  );
};

const collect = async (client: PoolClient, timers: AsyncIterable<TimerEntry> | Iterable<TimerEntry>): Promise<void> => {
  await client.query(`create temp table rebuilt_timer
      (stream_id text primary key, queue text, due_at timestamptz, urgent boolean, waits_for text)`);
  let chunk: TimerEntry[] = [];
  for await (const timer of timers) {
    chunk.push(timer);
    if (chunk.length < CHUNK) continue;
    await insert(client, chunk);
    chunk = [];
  }
  await insert(client, chunk);
};

/**
 * A timer that somebody holds stays as it is where the log asks for it, too: its holder is at work.
 * Under the lock of the appends: no stream grows between the look at its head and the swap.
 */
const swap = async (client: PoolClient, through: number): Promise<void> => {
  await client.query('begin');
  await client.query('select pg_advisory_xact_lock(7305)');
  await client.query(
    `delete from log.timer t
      where not exists (select from log.stream s where s.stream_id = t.stream_id and s.last_position > $1)
        and not (
          t.claimed_until > clock_timestamp()
          and exists (select from rebuilt_timer r where r.stream_id = t.stream_id and r.queue = t.queue)
        )`,
    [through],
  );
  await client.query(
    // Also of streams that have grown: that a timer is missing is worse than one that nothing asks for any more.
    `insert into log.timer (stream_id, queue, due_at, urgent, waits_for)
      select stream_id, queue, due_at, urgent, waits_for from rebuilt_timer
      on conflict (stream_id) do nothing`,
  );
  await client.query('commit');
};

/** Replaces the timers; of streams that have grown behind position `through`, only those that are missing. */
export const replaceTimers = async (
  pool: Pool,
  timers: AsyncIterable<TimerEntry> | Iterable<TimerEntry>,
  through: number,
): Promise<void> => {
  const client = await pool.connect();
  try {
    await collect(client, timers);
    await swap(client, through);
  } finally {
    client.release(true); // the session takes the temporary table and an open transaction with it
  }
};
