import type { Instant } from '@waystation/kernel';
import type { StoredEvent } from './stored-event.js';

/** A row of {@link EVENT_COLUMNS}. */
export type EventRow = readonly [
  position: number,
  stream: string,
  sequence: number,
  type: string,
  time: Instant,
  recordedtime: Instant,
  data: string,
  metadata: string,
];

// A subquery, because a join may be planned as a scan over all streams there are.
/** The columns of an {@link EventRow} from `log.event e`. */
export const EVENT_COLUMNS = `e.position, (select s.stream_id from log.stream s where s.stream_no = e.stream_no),
  e.version, e.type, e.occurred_at, e.recorded_at, e.data, e.meta`;

/** The columns by their names. */
export const fromRow = ([position, stream, sequence, type, time, recordedtime, data, metadata]: EventRow): Omit<
  StoredEvent,
  'hash'
> => ({ position, stream, sequence, type, time, recordedtime, data, metadata });
