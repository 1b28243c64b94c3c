import type { Instant } from '@waystation/kernel';
import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';

/** A range of positions that is kept as one. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** `archived`: there is a copy, too; from `detached` on it is read from the copy. */
  readonly state: 'open' | 'full' | 'archived' | 'detached' | 'dropped';
  /** Key of its copy in the object store. */
  readonly key: string | null;
  /** When its last event was recorded; null while it is open. */
  readonly recordedTo: Instant | null;
}

const statement = {
  name: 'log-segments',
  text: `select lo, hi, state, object_key,
      coalesce(recorded_to, (select recorded_at from log.event where position = hi))
    from log.segment order by lo`,
};

/** All segments of a log, the oldest first. */
export const segmentsOf = async (pool: Pool): Promise<readonly Segment[]> => {
  type Row = [from: number, to: number, state: Segment['state'], key: string | null, recordedTo: Instant | null];
  const rows = await queryRows<Row>(pool, statement, []);
  return rows.map(([from, to, state, key, recordedTo]) => ({ from, to, state, key, recordedTo }));
};
