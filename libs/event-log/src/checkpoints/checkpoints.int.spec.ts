import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const letLeaseRunOut = (office: string) =>
  fresh.admin.query(`update log.office set held_until = clock_timestamp() - interval '1 s' where name = $1`, [office]);
/** Again and again, because the one in office is well and may renew in between. */
const takeFromOneThatHangs = (office: string) =>
  vi.waitFor(async () => {
    await letLeaseRunOut(office);
    const taken = await log.checkpoints.take(office);
    if (taken === undefined) throw new Error(`${office} is still held`);
    return taken;
  });
const isHeld = async (office: string): Promise<boolean> => {
  const { rowCount } = await fresh.admin.query(
    'select from log.office where name = $1 and held_until > clock_timestamp()',
    [office],
  );
  return rowCount === 1;
};

describe('Checkpoints', () => {
  it('begin at 0 and keep what they were set to, also backwards', async () => {
    expect(await log.checkpoints.get('reader')).toBe(0);
    await log.checkpoints.set('reader', 12);
    expect(await log.checkpoints.get('reader')).toBe(12);
    await log.checkpoints.set('reader', 3);
    expect(await log.checkpoints.get('reader')).toBe(3);
    await log.checkpoints.forget('reader');
    expect(await log.checkpoints.get('reader')).toBe(0);
  });

  it('are set in the transaction of a client, and undone with it', async () => {
    const client = await log.pool.connect();
    await client.query('begin');
    await log.checkpoints.set('undone', 12, client);
    await client.query('rollback');
    client.release();
    expect(await log.checkpoints.get('undone')).toBe(0);
  });

  it('give an office to one, until it is given back', async () => {
    const other = await fresh.open();
    const office = await log.checkpoints.take('relay');
    expect(office).toBeDefined();
    expect(await other.checkpoints.take('relay')).toBeUndefined();
    const elsewhere = await other.checkpoints.take('sealer');
    expect(elsewhere).toBeDefined();
    await office?.giveBack();
    const next = await other.checkpoints.take('relay');
    expect(next).toBeDefined();
    await next?.giveBack();
    await elsewhere?.giveBack();
  });

  it('tell which offices nobody is in, of those that have a checkpoint', async () => {
    for (const name of ['life/a', 'life/b', 'other/c']) await log.checkpoints.set(name, 1);
    const office = await log.checkpoints.take('life/a');
    expect(await log.checkpoints.vacant('life/')).toEqual(['life/b']);
    await office?.giveBack();
    expect(await log.checkpoints.vacant('life/')).toEqual(['life/a', 'life/b']);
    for (const name of ['life/a', 'life/b', 'other/c']) await log.checkpoints.forget(name);
  });

  it('keep an office for who is well, over many leases', async () => {
    const office = await log.checkpoints.take('kept');
    await letLeaseRunOut('kept');
    await vi.waitFor(async () => expect(await isHeld('kept')).toBe(true), { timeout: 10_000 });
    expect(office?.lost.aborted).toBe(false);
    expect(await log.checkpoints.take('kept')).toBeUndefined();
    await office?.giveBack();
  });

  it('give the office of one that hangs to another, and tell the first when it finds out', async () => {
    const hanging = await log.checkpoints.take('hung');
    if (!hanging) throw new Error('nobody else is in office');
    expect(hanging.held).toBe(true);
    const next = await takeFromOneThatHangs('hung');
    await once(hanging.lost, 'abort');
    expect([hanging.held, next.held]).toEqual([false, true]);
    await hanging.giveBack();
    expect(await log.checkpoints.take('hung')).toBeUndefined();
    await next.giveBack();
  });

  it('take nothing from one that has lost its office', async () => {
    const hanging = await log.checkpoints.take('doomed');
    await hanging?.save('reader/doomed', 5);
    const next = await takeFromOneThatHangs('doomed');
    await next.save('reader/doomed', 3);
    await expect(hanging?.save('reader/doomed', 9)).rejects.toMatchObject({ code: 'log.office-lost' });
    expect(hanging?.lost.aborted).toBe(true);
    expect(await log.checkpoints.get('reader/doomed')).toBe(3);
    await next.giveBack();
  });
});
