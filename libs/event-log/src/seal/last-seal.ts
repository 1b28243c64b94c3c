import { LogSealed, streamName } from '@waystation/events';
import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';
import { NO_SEAL } from './seal-hash.js';

/** Where the chain of seals ends. */
export interface LastSeal {
  /** Of the stream `log`. */
  readonly version: number;
  readonly seal: string;
  /** Last position under it. */
  readonly to: number;
  /** Of the event that holds it. */
  readonly position: number;
  /** The public key that it was signed with; null where it was not. */
  readonly key: string | null;
}

// A segment leaves the table only while a later one holds a seal, so the last one is always there.
const statement = {
  name: 'log-last-seal',
  text: `select s.version, e.position, e.data from log.stream s
    left join lateral (
      select position, data from log.event
      where stream_no = s.stream_no and type = $2 order by version desc limit 1
    ) e on true
    where s.stream_id = $1`,
};

/** The last seal of a log; zeros where there is none. */
export const lastSeal = async (pool: Pool): Promise<LastSeal> => {
  type Row = [version: number, position: number | null, data: string | null];
  const [row] = await queryRows<Row>(pool, statement, [streamName.log, LogSealed.type]);
  const [version = 0, position = null, data = null] = row ?? [];
  if (position === null || data === null) return { version, seal: NO_SEAL, to: 0, position: 0, key: null };
  const { seal, to, signature } = LogSealed.schema.parse(JSON.parse(data));
  return { version, seal, to, position, key: signature?.key ?? null };
};
