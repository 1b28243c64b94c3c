import pg from 'pg';

const eventsSql = `
  select e.position::int, s.stream_id as stream, e.version as sequence, e.type, e.data::text as data, e.meta::text as meta,
    encode(e.hash, 'hex') as hash,
    to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time, e.recorded_at as "recordedAt"
  from log.event e left join log.stream s using (stream_no) order by e.position`;
const headsSql = 'select stream_id as stream, version from log.stream order by stream_id';
/**
 * What is due later than in a minute is a matter of the far future: nothing that a fault could have held up. When to look how long
 * something is kept is a matter of the future as well, unless nobody looks then.
 */
const timersSql = `
  select stream_id as stream, queue, due_at as "dueAt", claimed_by as "claimedBy" from log.timer
  where queue <> 'retention' and (due_at < now() + interval '1 minute' or claimed_until > now())
    or wake_at < now() - interval '30 seconds'
  order by stream_id`;
const parkedSql = `select consumer, position::int, error from log.parked where state <> 'resolved' order by position`;

/** The log and what waits beside it, as one moment saw them. Texts are kept as they stand: they are what was hashed. */
export async function readLog(url) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const [events, heads, timers, parked] = [
      (await client.query(eventsSql)).rows,
      (await client.query(headsSql)).rows,
      (await client.query(timersSql)).rows,
      (await client.query(parkedSql)).rows,
    ];
    return { events: events.map(parsed), heads, timers, parked };
  } finally {
    await client.end();
  }
}

const parsed = ({ data, meta, ...event }) => ({
  ...event,
  text: { data, meta },
  data: JSON.parse(data),
  meta: JSON.parse(meta),
});
