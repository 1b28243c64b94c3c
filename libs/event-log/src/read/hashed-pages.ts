import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';
import { EVENT_COLUMNS, type EventRow } from './event-row.js';

/** An event with the hash that is stored beside it. */
export type HashedRow = readonly [...EventRow, hash: Buffer];

const PAGE = 2_000;

const statement = {
  name: 'log-read-hashed',
  text: `select ${EVENT_COLUMNS}, e.hash from log.event e
    where e.position > $1 and e.position <= $2 order by e.position limit ${PAGE}`,
};

/**
 * Everything that is stored behind position `after`, up to and with `through`, page by page and whatever it looks like.
 * Reads a page ahead.
 */
export async function* hashedPages(
  pool: Pool,
  { after, through }: { after: number; through: number },
): AsyncGenerator<readonly HashedRow[]> {
  const read = (behind: number) => {
    const page = queryRows<HashedRow>(pool, statement, [behind, through]);
    page.catch(() => {}); // whoever asks for the page gets the error
    return page;
  };
  let next = read(after);
  for (;;) {
    const page = await next;
    const last = page.at(-1);
    if (!last) return;
    if (page.length < PAGE) {
      yield page;
      return;
    }
    next = read(last[0]);
    yield page;
  }
}
