import type { RecordedEvent } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { Pool } from 'pg';
import { appendStatement, outcomesOf, type AppendRow } from './append/append-call.js';
import { AppendSession } from './append/append-session.js';
import type { AppendUnit } from './append/append-unit.js';
import type { EncodedUnit } from './append/encoded-unit.js';
import { GroupAppender } from './append/group-appender.js';
import type { UnitOutcome } from './append/unit-outcome.js';
import { LogArchive } from './archive/log-archive.js';
import { Checkpoints } from './checkpoints/checkpoints.js';
import { Announcer } from './connection/announcer.js';
import { DatabaseClock } from './connection/database-clock.js';
import { Database } from './connection/database.js';
import { Doorbell } from './connection/doorbell.js';
import { EventTexts } from './read/event-texts.js';
import { LogReader } from './read/log-reader.js';
import { replayed } from './read/replayed.js';
import type { StoredEvent } from './read/stored-event.js';
import { StoredPages, type StoredPagesOptions } from './read/stored-pages.js';
import { TablePages, type PositionRange } from './read/table-pages.js';
import { Timers } from './timers/timers.js';

export interface EventLogOptions {
  readonly url: string;
  readonly applicationName: string;
  /** Where the copies of segments are that have left the table. Without it only the table can be read. */
  readonly objects?: Pick<ObjectStore, 'get'>;
}

const keepSegmentsAhead = { name: 'log-keep-segments-ahead', text: 'select log.keep_segments_ahead()' };

/**
 * The event log. Positions are dense and in the order of commits, sequences are dense in their stream, recorded times
 * never decrease with position, and what was read once never changes.
 */
export class EventLog {
  readonly timers: Timers;
  readonly checkpoints: Checkpoints;
  /** What the database's clock probably shows. */
  readonly clock = new DatabaseClock();
  readonly #database: Database;
  readonly #newArchive: () => LogArchive;
  readonly #archive: LogArchive;
  readonly #reader: LogReader;
  readonly #session: AppendSession;
  readonly #doorbell: Doorbell;
  readonly #announcer: Announcer;
  readonly #appender = new GroupAppender((units, after) => this.#call(units, after));

  #closing: Promise<void> | undefined;

  private constructor({ url, applicationName, objects }: EventLogOptions) {
    this.#database = new Database(url, applicationName);
    this.#newArchive = () => new LogArchive(this.#database.pool, objects);
    this.#archive = this.#newArchive();
    this.#reader = new LogReader(this.#database, this.#archive);
    this.#session = new AppendSession(url, applicationName);
    this.#doorbell = new Doorbell(url, applicationName);
    this.#announcer = new Announcer(this.#database);
    this.timers = new Timers(this.#database);
    this.checkpoints = new Checkpoints(this.#database);
  }

  /**
   * Opens a log that is migrated.
   * @throws log.not-migrated, log.unavailable
   */
  static async open(options: EventLogOptions): Promise<EventLog> {
    const log = new EventLog(options);
    try {
      await log.#database.rows(keepSegmentsAhead, []);
      await log.now();
      return log;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  /** Sessions for read models, as `waystation_app`. */
  get pool(): Pool {
    return this.#database.pool;
  }

  /**
   * Writes a unit whole or not at all, and resolves when it is durable. Units of a process share commits.
   * @returns the events of all parts, in order
   * @throws log.wrong-expected-version with `stream`, `expected` and `actual`; log.invalid-unit; log.unavailable: nothing
   * was written; log.outcome-unknown: it may have been written
   */
  async append(unit: AppendUnit): Promise<readonly RecordedEvent[]> {
    return this.#appender.append(unit);
  }

  /**
   * The events of a stream in the order of their sequence.
   * @param range sequences: behind `after`, up to and with `through`
   */
  async readStream(stream: string, range?: { after?: number; through?: number }): Promise<readonly RecordedEvent[]> {
    return this.#reader.readStream(stream, range);
  }

  /**
   * The events behind a position, in order; fewer than `limit` only at the end of the log.
   * @throws log.hole where a position is missing
   */
  async readAll(range: { after: number; limit: number }): Promise<readonly RecordedEvent[]> {
    return this.#reader.readAll(range);
  }

  /**
   * Reads the log once, from a position on up to the head of now, in order and many events at a time: several times as
   * fast as {@link readAll}.
   * @throws log.hole where a position is missing
   */
  async *replay({ after }: { readonly after: number }): AsyncGenerator<readonly RecordedEvent[]> {
    const through = (await this.head()).position;
    yield* replayed(this.#newPages().of({ after, through }, { hashes: false }), after);
  }

  /**
   * Goes once through a range of positions, up to the head of now, and hands out the events of some types, in order: the
   * others never leave the database. Says with every page how far it is, also where a page holds nothing.
   */
  async *replayTypes(
    types: readonly string[],
    { after, through }: { readonly after: number; readonly through?: number },
  ): AsyncGenerator<{ readonly through: number; readonly events: readonly RecordedEvent[] }> {
    const head = (await this.head()).position;
    const range = { after, through: Math.min(through ?? head, head) };
    const texts = new EventTexts();
    for await (const page of this.#newPages().ofTypes(range, types))
      yield { through: page.through, events: page.events.map((event) => texts.read(event)) };
  }

  /**
   * What is stored in a range of positions, in order, whatever it looks like: for those who check it. Nothing that was read
   * before and is remembered comes into it.
   */
  stored(range: PositionRange, options?: Omit<StoredPagesOptions, 'hashes'>): AsyncGenerator<readonly StoredEvent[]> {
    return this.#newPages().of(range, { ...options, hashes: true });
  }

  /** The last position that is only in copies in the object store; 0 where the table holds the whole log. */
  async archivedThrough(): Promise<number> {
    return this.#archive.through();
  }

  /** @throws log.no-such-position */
  async read(position: number): Promise<RecordedEvent> {
    return this.#reader.read(position);
  }

  /** The last event; position 0 and no time while the log is empty. */
  async head(): Promise<{ position: number; recordedtime: Instant | undefined }> {
    return this.#reader.head();
  }

  /** What the database's clock shows. */
  async now(): Promise<Instant> {
    const now = await this.#reader.now();
    this.clock.read(now);
    return now;
  }

  /** The last position recorded at or before an instant; 0 where there is none. */
  async positionAt(at: Instant): Promise<number> {
    return this.#reader.positionAt(at);
  }

  /**
   * Calls back when the log may have grown, and every second.
   * @returns stops that
   */
  onAppended(listener: () => void): () => void {
    return this.#doorbell.add(listener);
  }

  /** Finishes the appends under way and closes all sessions. */
  async close(): Promise<void> {
    this.#closing ??= this.#close();
    await this.#closing;
  }

  #newPages(): StoredPages {
    return new StoredPages(new TablePages(this.#database.pool), this.#newArchive());
  }

  async #close(): Promise<void> {
    await this.#appender.settled();
    this.#announcer.close();
    await Promise.all([this.#session.close(), this.#doorbell.close(), this.#database.pool.end()]);
  }

  async #call(units: readonly EncodedUnit[], after: Promise<void> | undefined): Promise<readonly UnitOutcome[]> {
    const { rows } = await this.#session.run(appendStatement(units), after);
    const [row] = rows as unknown as readonly AppendRow[];
    if (!row) throw new Error('log.append returned no row');
    const outcomes = outcomesOf(units, row);
    const last = outcomes.findLast((outcome) => 'recorded' in outcome && outcome.recorded.length > 0);
    const event = last && 'recorded' in last ? last.recorded.at(-1) : undefined;
    if (event) {
      this.clock.read(event.recordedtime);
      this.#doorbell.ring();
      this.#announcer.announce();
    }
    return outcomes;
  }
}
