import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

describe('Checkpoints', () => {
  it('begin at 0 and keep what they were set to, also backwards', async () => {
    expect(await log.checkpoints.get('reader')).toBe(0);
    await log.checkpoints.set('reader', 12);
    expect(await log.checkpoints.get('reader')).toBe(12);
    await log.checkpoints.set('reader', 3);
    expect(await log.checkpoints.get('reader')).toBe(3);
  });

  it('are set in the transaction of a client, and undone with it', async () => {
    const client = await log.pool.connect();
    await client.query('begin');
    await log.checkpoints.set('undone', 12, client);
    await client.query('rollback');
    client.release();
    expect(await log.checkpoints.get('undone')).toBe(0);
  });

  it('let one lead under a name until it gives up', async () => {
    const other = await fresh.open();
    const release = await log.checkpoints.lock('relay');
    expect(release).toBeDefined();
    expect(await other.checkpoints.lock('relay')).toBeUndefined();
    const elsewhere = await other.checkpoints.lock('sealer');
    expect(elsewhere).toBeDefined();
    await release?.();
    const next = await other.checkpoints.lock('relay');
    expect(next).toBeDefined();
    await next?.();
    await elsewhere?.();
  });

  it('tell a leader that it has lost its session, and let another lead', async () => {
    const lead = await log.checkpoints.lock('doomed');
    if (!lead) throw new Error('nobody else leads');
    const lost = once(lead.lost, 'abort');
    await fresh.admin.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`);
    await lost;
    const next = await log.checkpoints.lock('doomed');
    expect(next).toBeDefined();
    await next?.();
    await lead();
  });
});
