import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { Database } from '../connection/database.js';
import { CopiedPage, PageMemory } from './copied-page.js';
import { copyOut } from './copy-out.js';
import { RowDecoder } from './row-decoder.js';

let fresh: FreshLog;
let pool: Pool;
beforeAll(async () => {
  fresh = await freshLog();
  ({ pool } = new Database(fresh.url, 'copy-out-spec'));
});
afterAll(async () => {
  await pool.end();
  await fresh[Symbol.asyncDispose]();
});

const memory = new PageMemory();
const read = (query: string) => copyOut(pool, query, () => new CopiedPage(memory));
const session = async (): Promise<unknown> => (await pool.query('select pg_backend_pid() as pid')).rows[0];

/** Rows like those of the log, from the server's own generator. @param text of every row */
const rows = (count: number, text: string): string =>
  `select no::bigint, 7::bigint, no::int, 'note.taken.v1'::text, timestamptz '2026-01-31Z', timestamptz '2026-01-31Z',
    ${text}, '{}'::json from generate_series(1, ${count}) no`;
const textsOf = (page: CopiedPage) => [...page.events(new RowDecoder(), new Map())].flat().map(({ data }) => data);

describe('A copy out of the database', () => {
  it('has all rows, whatever their size, one after the other in the same session', async () => {
    const before = await session();
    const small = await read(rows(10_000, 'no::text'));
    expect(textsOf(small)).toEqual(Array.from({ length: 10_000 }, (_, at) => String(at + 1)));
    const large = await read(rows(40, `repeat('ö', no * 10000)`));
    expect(textsOf(large)).toEqual(Array.from({ length: 40 }, (_, at) => 'ö'.repeat((at + 1) * 10_000)));
    expect(textsOf(await read(rows(0, 'no::text')))).toEqual([]);
    expect(await session()).toEqual(before);
  });

  it('says why it ended on the way, and the next has all its rows', async () => {
    await expect(read(rows(10_000, '(1000 / (5000 - no))::text'))).rejects.toMatchObject({
      code: 'log.refused',
      message: expect.stringContaining('division by zero'),
    });
    expect((await read(rows(3, 'no::text'))).length).toBe(3);
  });

  it('passes on what the server says between rows', async () => {
    const notices: string[] = [];
    pool.on('connect', (client) => client.on('notice', ({ message }) => notices.push(message ?? '')));
    await fresh.admin.query(`create function public.say(no bigint) returns text language plpgsql as
      $$ begin raise warning 'row %', no; return no; end $$`);
    await expect(read('select nothing from nowhere')).rejects.toMatchObject({ code: 'log.not-migrated' });
    expect(textsOf(await read(rows(2000, 'public.say(no)')))).toHaveLength(2000);
    expect(notices).toHaveLength(2000);
    expect(notices.at(-1)).toBe('row 2000');
  });

  it('is begun again in another session where its own is ended', async () => {
    const ended = read(`select * from (${rows(300_000, 'no::text')}) r`);
    await fresh.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'copy-out-spec'`,
    );
    expect((await ended).length).toBe(300_000);
  });
});
