import type { RecordedEvent } from '@waystation/events';
import { CodedError, type Instant } from '@waystation/kernel';
import type { Database } from '../connection/database.js';
import { EVENT_COLUMNS, toRecordedEvent, type EventRow } from './event-row.js';

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
  head: {
    name: 'log-head',
    text: 'select position, recorded_at from log.event order by position desc limit 1',
  },
  now: { name: 'log-now', text: `select date_trunc('milliseconds', clock_timestamp())` },
  positionAt: { name: 'log-position-at', text: 'select log.position_at($1)' },
} as const;

/** Reads events; every read is one statement or keyset pages of one. */
export class LogReader {
  constructor(private readonly database: Database) {}

  /** In the order of their sequence. @param range sequences: behind `after`, up to and with `through` */
  async readStream(
    stream: string,
    range: { readonly after?: number; readonly through?: number } = {},
  ): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let after = range.after ?? 0;
    for (;;) {
      const values = [stream, after, range.through ?? LAST_SEQUENCE, PAGE];
      const rows = await this.database.rows<EventRow>(statements.stream, values);
      for (const row of rows) events.push(toRecordedEvent(row));
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
    const rows = await this.database.rows<EventRow>(statements.all, [after, limit]);
    for (const [index, [position]] of rows.entries()) {
      const expected = after + index + 1;
      if (position === expected) continue;
      throw new CodedError(
        'log.hole',
        `position ${expected} is missing from the log: it is followed by position ${position}`,
        { details: { expected, actual: position } },
      );
    }
    return rows.map(toRecordedEvent);
  }

  /** @throws log.no-such-position */
  async read(position: number): Promise<RecordedEvent> {
    const [row] = await this.database.rows<EventRow>(statements.all, [position - 1, 1]);
    if (!row) throw new CodedError('log.no-such-position', `the log has no position ${position}`);
    return toRecordedEvent(row);
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
    return row?.[0] ?? 0;
  }
}
