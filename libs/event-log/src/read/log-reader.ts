import type { RecordedEvent } from '@waystation/events';
import { CodedError, type Instant } from '@waystation/kernel';
import type { Database } from '../connection/database.js';
import type { LogArchive } from '../archive/log-archive.js';
import { EVENT_COLUMNS, fromRow, type EventRow } from './event-row.js';
import { toRecordedEvent, type StoredEvent } from './stored-event.js';

const PAGE = 2_000;
const LAST_SEQUENCE = 2 ** 31 - 1;

const statements = {
  all: {
    name: 'log-read-all',
    text: `select ${EVENT_COLUMNS} from log.event e
      where e.position > $1 and e.position <= $1 + $2 order by e.position limit $2`,
  },
  // The bounds on position leave out the segments that hold nothing of the stream.
  stream: {
    name: 'log-read-stream',
    text: `select ${EVENT_COLUMNS} from log.event e
      where e.stream_no = (select stream_no from log.stream where stream_id = $1)
        and e.position >= (select first_position from log.stream where stream_id = $1)
        and e.position <= (select last_position from log.stream where stream_id = $1)
        and e.version > $2 and e.version <= $3
      order by e.version limit $4`,
  },
  streamHead: {
    name: 'log-stream-head',
    text: 'select version, first_position from log.stream where stream_id = $1',
  },
  head: {
    name: 'log-head',
    text: 'select position, recorded_at from log.event order by position desc limit 1',
  },
  now: { name: 'log-now', text: `select date_trunc('milliseconds', clock_timestamp())` },
  positionAt: { name: 'log-position-at', text: 'select log.position_at($1)' },
} as const;

/**
 * Reads events; every read is one statement or keyset pages of one. What the table does not hold although it should is
 * looked for in the copies of segments that have left it.
 */
export class LogReader {
  constructor(
    private readonly database: Database,
    private readonly archive: LogArchive,
  ) {}

  /** In the order of their sequence. @param range sequences: behind `after`, up to and with `through` */
  async readStream(
    stream: string,
    range: { readonly after?: number; readonly through?: number } = {},
  ): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const through = range.through ?? LAST_SEQUENCE;
    for (let after = range.after ?? 0; ;) {
      const rows = await this.database.rows<EventRow>(statements.stream, [stream, after, through, PAGE]);
      const found = rows.map(fromRow);
      const archived = await this.#archivedBefore(found.at(0)?.sequence, stream, { after, through });
      for (const event of [...archived, ...found]) events.push(toRecordedEvent(event));
      const last = events.at(-1);
      if (rows.length < PAGE || !last) return events;
      after = last.sequence;
    }
  }

  /**
   * In the order of their position; fewer than `limit` only at the end of the log.
   * @throws log.hole where a position is missing: that cannot happen unless rows were removed
   */
  async readAll({ after, limit }: { after: number; limit: number }): Promise<readonly RecordedEvent[]> {
    const events: Stored[] = [];
    let isTable = false;
    while (!isTable && events.length < limit) {
      const behind = after + events.length;
      const page = await this.#page(behind, limit - events.length);
      assertDense(page.events, behind);
      events.push(...page.events);
      ({ isTable } = page);
    }
    return events.map((event) => toRecordedEvent(event));
  }

  /** @throws log.no-such-position */
  async read(position: number): Promise<RecordedEvent> {
    const { events } = await this.#page(position - 1, 1);
    const [event] = events;
    if (!event) throw new CodedError('log.no-such-position', `the log has no position ${position}`);
    return toRecordedEvent(event);
  }

  /** The last event; position 0 and no time while the log is empty. */
  async head(): Promise<{ position: number; recordedtime: Instant | undefined }> {
    const [row] = await this.database.rows<[number, Instant]>(statements.head, []);
    return { position: row?.[0] ?? 0, recordedtime: row?.[1] };
  }

  /** What the database's clock shows. */
  async now(): Promise<Instant> {
    const [row] = await this.database.rows<[Instant]>(statements.now, []);
    if (!row) throw new CodedError('log.refused', 'the database did not tell the time');
    return row[0];
  }

  /** The last position recorded at or before an instant; 0 where there is none. */
  async positionAt(at: Instant): Promise<number> {
    const [row] = await this.database.rows<[number]>(statements.positionAt, [at]);
    const position = row?.[0] ?? 0;
    // Lower than that the table cannot tell.
    return position > 0 && position <= (await this.archive.through()) ? this.archive.positionAt(at) : position;
  }

  /** From the table, or from a copy what the table does not have; then fewer than `limit` mean nothing. */
  async #page(
    after: number,
    limit: number,
  ): Promise<{ readonly events: readonly Stored[]; readonly isTable: boolean }> {
    if (after >= this.archive.knownThrough) {
      const rows = await this.database.rows<EventRow>(statements.all, [after, limit]);
      const isWhole = rows[0]?.[0] === after + 1;
      if (isWhole || after >= (await this.archive.through())) return { events: rows.map(fromRow), isTable: true };
    }
    return { events: await this.archive.page({ after, through: after + limit }), isTable: false };
  }

  /** The events of a stream that come before the first one that is in the table. */
  async #archivedBefore(
    first: number | undefined,
    stream: string,
    { after, through }: { readonly after: number; readonly through: number },
  ): Promise<readonly Stored[]> {
    if (first === after + 1 || after >= through || (await this.archive.through()) === 0) return [];
    const [head] = await this.database.rows<[version: number, firstPosition: number]>(statements.streamHead, [stream]);
    const last = Math.min(through, (first ?? Infinity) - 1, head?.[0] ?? 0);
    return !head || last <= after ? [] : this.archive.streamPart(stream, { after, through: last }, head[1]);
  }
}

type Stored = Omit<StoredEvent, 'hash'>;

const assertDense = (events: readonly Stored[], after: number): void => {
  for (const [index, { position }] of events.entries()) {
    const expected = after + index + 1;
    if (position === expected) continue;
    throw new CodedError(
      'log.hole',
      `position ${expected} is missing from the log: it is followed by position ${position}`,
      { details: { expected, actual: position } },
    );
  }
};
