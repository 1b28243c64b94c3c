import {
  LogSegmentArchived,
  LogSegmentDetached,
  LogSegmentDropped,
  streamName,
  type EventMetadata,
  type NewEvent,
} from '@waystation/events';
import type { EventLog } from '../event-log.js';
import { queryRows } from '../connection/query-rows.js';

type SegmentEvent = LogSegmentArchived | LogSegmentDetached | LogSegmentDropped;

const recorded = {
  name: 'log-segment-recorded',
  text: `select e.position, e.data from log.event e
    where e.stream_no = (select stream_no from log.stream where stream_id = 'log')
      and e.type = $1 and e.position > $2 and (e.data ->> 'to')::bigint = $2
    order by e.position desc limit 1`,
};

/** What the database does when an event says so, and only then. */
const deeds: Readonly<Record<SegmentEvent['type'], string>> = {
  [LogSegmentArchived.type]: 'select log.archive_segment($1)',
  [LogSegmentDetached.type]: 'select log.detach_segment($1)',
  [LogSegmentDropped.type]: 'select log.drop_segment($1)',
};

/** What is done to segments: first it is written into the log, then done. Who is cut off in between does it the next time. */
export class SegmentRecord {
  constructor(
    private readonly log: EventLog,
    private readonly metadata: EventMetadata,
  ) {}

  /** What the log says already about the segment that ends at a position. */
  async find<Event extends SegmentEvent>(
    type: Event['type'],
    to: number,
  ): Promise<{ readonly position: number; readonly data: Event['data'] } | undefined> {
    const [row] = await queryRows<[position: number, data: string]>(this.log.pool, recorded, [type, to]);
    return row && { position: row[0], data: JSON.parse(row[1]) as Event['data'] };
  }

  /** Writes it into the log. @returns the position */
  async write(event: NewEvent & SegmentEvent): Promise<number> {
    const [written] = await this.log.append({
      parts: [{ stream: streamName.log, expected: 'any', events: [event] }],
      time: this.log.clock.estimate(),
      metadata: this.metadata,
    });
    return written?.position ?? 0;
  }

  /** Does what the event at a position says; a second time it does nothing. @throws log.refused, log.unavailable */
  async carryOut(type: SegmentEvent['type'], position: number): Promise<void> {
    await queryRows(this.log.pool, { name: `log-carry-out-${type}`, text: deeds[type] }, [position]);
  }
}
