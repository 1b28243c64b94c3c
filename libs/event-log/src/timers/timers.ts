import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '@waystation/kernel';
import type { Database } from '../connection/database.js';
import { replaceTimers, type TimerEntry } from './replace-timers.js';

/** A timer that is due and that nobody else gets until the lease has run out. */
export interface ClaimedTimer {
  readonly stream: string;
  readonly queue: string;
  readonly dueAt: Instant;
  /** By the database's clock. */
  readonly claimedAt: Instant;
  readonly urgent: boolean;
}

/** What a queue holds now. */
export interface TimerQueue {
  readonly queue: string;
  /** All timers of the queue. */
  readonly waiting: number;
  /** Those of them that go first. */
  readonly urgent: number;
  /** Those that can be claimed now. */
  readonly due: number;
  /** Those somebody holds. */
  readonly claimed: number;
  /** When the next one that nobody holds becomes due, or became. */
  readonly nextDueAt: Instant | null;
}

/** A timer for streams that have none. */
interface ArmedTimer {
  readonly queue: string;
  readonly waitsFor: string;
}

/** Timers that are woken at once. */
const PAGE = 1000;
/** Streams that are looked at at once whether they have a timer; appends wait for it. */
const ARMED_PAGE = 500;
/** How long an append holds what it sets, more or less. */
const LOCKED_MS = 20;

const statements = {
  claim: { name: 'log-claim-timers', text: 'select * from log.claim_timers($1, $2, $3, $4, $5, $6)' },
  extend: {
    name: 'log-extend-timer',
    text: `update log.timer set claimed_until = clock_timestamp() + $3::bigint * interval '1 ms'
      where stream_id = $1 and claimed_by = $2 returning 1`,
  },
  rearm: {
    name: 'log-rearm-timer',
    text: `update log.timer set due_at = $3, claimed_by = null, claimed_at = null, claimed_until = null
      where stream_id = $1 and claimed_by = $2`,
  },
  wake: { name: 'log-wake-timers', text: 'select log.wake_timers($1)' },
  waiting: {
    name: 'log-waiting-timers',
    text: 'select stream_id from log.timer where waits_for = $1 and stream_id > $2 order by stream_id limit $3',
  },
  stillWaiting: {
    name: 'log-still-waiting-timers',
    text: 'select stream_id from log.timer where waits_for = $1 and stream_id = any ($2::text[])',
  },
  // Waiting for rows that an append sets could end in both waiting for each other: they are passed over.
  wakeThese: {
    name: 'log-wake-these-timers',
    text: `with these as (
        select stream_id from log.timer where waits_for = $1 and stream_id = any ($2::text[]) for update skip locked
      )
      update log.timer t set due_at = least(due_at, date_trunc('milliseconds', clock_timestamp())),
        claimed_by = null, claimed_at = null, claimed_until = null
      from these where t.stream_id = these.stream_id returning t.stream_id`,
  },
  discard: {
    name: 'log-discard-timer',
    text: 'delete from log.timer where stream_id = $1 and claimed_by = $2 and claimed_at = $3',
  },
  // From one name to the next by the index, however many timers a queue has. No name goes beyond the last character.
  dueQueues: {
    name: 'log-due-queues',
    text: `with recursive q (queue) as (
        (select queue from log.timer where queue >= $1 and queue < $1 || chr(1114111) order by queue limit 1)
        union all
        select (
          select t.queue from log.timer t where t.queue > q.queue and t.queue < $1 || chr(1114111) order by t.queue limit 1
        ) from q where q.queue is not null
      )
      select queue from q
      where exists (select from log.timer t where t.queue = q.queue and t.urgent and t.wake_at <= clock_timestamp())
        or exists (select from log.timer t where t.queue = q.queue and not t.urgent and t.wake_at <= clock_timestamp())
      order by queue`,
  },
  arm: {
    name: 'log-arm-timer',
    text: `insert into log.timer (stream_id, queue, due_at, waits_for)
      values ($1, $2, clock_timestamp() + $3::bigint * interval '1 ms', $4) on conflict (stream_id) do nothing`,
  },
  armThese: { name: 'log-arm-timers', text: 'select log.arm_timers($1, $2, $3, $4, $5)' },
  queues: {
    name: 'log-timer-queues',
    text: `select queue, count(*), count(*) filter (where urgent), count(*) filter (where wake_at <= now()),
        count(*) filter (where claimed_until > now()),
        min(due_at) filter (where claimed_until is null or claimed_until <= now())
      from log.timer where queue ^@ $1 group by queue order by queue`,
  },
} as const;

/** The timers of the streams: what is due goes to exactly one of those that ask, for as long as its lease lasts. */
export class Timers {
  readonly #claimant = randomUUID();
  /** By queue: how many urgent timers were claimed in a row. */
  readonly #urgentRuns = new Map<string, number>();

  constructor(private readonly database: Database) {}

  /**
   * Claims timers of a queue that are due, in the order in which they are to be handled: urgent ones first, but after two
   * of them in a row the one of the others that waits longest.
   * @param options `mostHeld`: how many of the queue may be held at the same time by all who claim; any number if not given
   */
  async claim(options: {
    queue: string;
    limit: number;
    leaseMs: number;
    mostHeld?: number | undefined;
  }): Promise<readonly ClaimedTimer[]> {
    const { queue, limit, leaseMs, mostHeld } = options;
    const run = this.#urgentRuns.get(queue) ?? 0;
    const rows = await this.database.rows<[string, string, Instant, Instant, boolean]>(statements.claim, [
      queue,
      limit,
      Math.round(leaseMs),
      this.#claimant,
      run,
      mostHeld ?? null,
    ]);
    this.#urgentRuns.set(
      queue,
      rows.reduce((soFar, [, , , , urgent]) => (urgent ? soFar + 1 : 0), run),
    );
    return rows.map(([stream, name, dueAt, claimedAt, urgent]) => ({ stream, queue: name, dueAt, claimedAt, urgent }));
  }

  /**
   * Makes a claim of this process last `leaseMs` from now.
   * @returns false where the claim is void: an append has set or cleared the timer, or another process claimed it
   */
  async extend(stream: string, leaseMs: number): Promise<boolean> {
    const rows = await this.database.rows(statements.extend, [stream, this.#claimant, Math.round(leaseMs)]);
    return rows.length > 0;
  }

  /** Gives a claim back with a new due time. Does nothing where the claim is void: then somebody knew better. */
  async rearm(stream: string, dueAt: Instant): Promise<void> {
    await this.database.rows(statements.rearm, [stream, this.#claimant, dueAt]);
  }

  /**
   * Makes the timers due that wait for a stream. Claims on them are void: whoever looks at one may have looked too early,
   * and must not give it back with a later time.
   */
  async wake(waitsFor: string): Promise<void> {
    await this.database.rows(statements.wake, [waitsFor]);
  }

  /**
   * The same for any number of timers, a thousand at a time: appends do not wait for it. What is locked meanwhile is tried
   * again: whoever holds it may have looked too early.
   */
  async wakeByParts(waitsFor: string): Promise<void> {
    for (let last = ''; ;) {
      const page = await this.streams(statements.waiting, [waitsFor, last, PAGE]);
      const next = page.at(-1);
      if (next === undefined) return;
      last = next;
      await this.wakeAll(waitsFor, page);
    }
  }

  private async wakeAll(waitsFor: string, streams: readonly string[]): Promise<void> {
    for (let left = streams; left.length > 0;) {
      const woken = new Set(await this.streams(statements.wakeThese, [waitsFor, left]));
      const locked = left.filter((stream) => !woken.has(stream));
      if (locked.length === 0) return;
      await delay(LOCKED_MS);
      left = await this.streams(statements.stillWaiting, [waitsFor, locked]);
    }
  }

  private async streams(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<readonly string[]> {
    return (await this.database.rows<[string]>(statement, values)).map(([stream]) => stream);
  }

  /** Sets the timer of a stream that has none; any other stays. */
  async arm(stream: string, { queue, afterMs, waitsFor }: ArmedTimer & { readonly afterMs: number }): Promise<void> {
    await this.database.rows(statements.arm, [stream, queue, Math.round(afterMs), waitsFor]);
  }

  /**
   * The same for every stream of some categories that there is when it is called; due at once. Appends wait for some of them
   * at a time only.
   */
  async armAll(categories: readonly string[], { queue, waitsFor }: ArmedTimer): Promise<void> {
    for (let last: number | null = 0; last !== null;) {
      const rows: readonly [number | null][] = await this.database.rows<[number | null]>(statements.armThese, [
        last,
        ARMED_PAGE,
        categories,
        queue,
        waitsFor,
      ]);
      last = rows[0]?.[0] ?? null;
    }
  }

  /** Removes a timer that this process holds since `claimedAt`. Does nothing where the claim is void. */
  async discard(stream: string, claimedAt: Instant): Promise<void> {
    await this.database.rows(statements.discard, [stream, this.#claimant, claimedAt]);
  }

  /** Names of the queues in which something can be claimed now. @param prefix of these names; an empty text means all */
  async dueQueues(prefix: string): Promise<readonly string[]> {
    const rows = await this.database.rows<[string]>(statements.dueQueues, [prefix]);
    return rows.map(([queue]) => queue);
  }

  /** @param prefix of the names of the queues; an empty text means all */
  async queues(prefix: string): Promise<readonly TimerQueue[]> {
    const rows = await this.database.rows<[string, number, number, number, number, Instant | null]>(statements.queues, [
      prefix,
    ]);
    return rows.map(([queue, waiting, urgent, due, claimed, nextDueAt]) => ({
      queue,
      waiting,
      urgent,
      due,
      claimed,
      nextDueAt,
    }));
  }

  /**
   * Puts timers that were folded from the log in place of all there are. Claims of timers that stay are kept.
   * @param options `through`: the position up to which the log was folded; timers of streams that have grown since stay
   */
  async replaceAll(
    timers: AsyncIterable<TimerEntry> | Iterable<TimerEntry>,
    options: { readonly through?: number } = {},
  ): Promise<void> {
    await replaceTimers(this.database.pool, timers, options.through ?? Number.MAX_SAFE_INTEGER);
  }
}
