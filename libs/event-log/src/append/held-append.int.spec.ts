import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { sums, unit } from '../../test/notes.js';
import { CommandHandler } from '../commands/command-handler.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
let other: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
  other = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** Sessions of the log that have written and not committed. */
const heldSessions = async (): Promise<readonly number[]> => {
  const { rows } = await fresh.admin.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
  );
  return rows.map(({ pid }) => pid);
};

/** A promise that the test decides. */
const openPromise = () => {
  let [resolve, reject]: [() => void, (reason: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<void>((...both) => ([resolve, reject] = both));
  return { promise, resolve: () => resolve(), reject: (reason: Error) => reject(reason) };
};

const oneIsHeld = (): Promise<unknown> => expect.poll(heldSessions, { timeout: 20_000 }).toHaveLength(1);

describe('An append that waits for something', () => {
  it('is prepared meanwhile, and seen by nobody until what it waits for is true', async () => {
    const wait = openPromise();
    const appending = log.append({ ...unit('held/1', 0, 'a'), after: wait.promise });
    await oneIsHeld();
    expect(await other.readStream('held/1')).toEqual([]);
    wait.resolve();
    const events = await appending;
    expect(await other.readStream('held/1')).toEqual(events);
    expect(await heldSessions()).toEqual([]);
  });

  it('writes nothing where what it waits for fails, and says why; what shares its call is written', async () => {
    const wait = openPromise();
    const results = Promise.allSettled([
      log.append({ ...unit('held/2', 0, 'a'), after: wait.promise }),
      log.append(unit('held/3', 0, 'a')),
      log.append({ ...unit('held/4', 0, 'a'), after: Promise.resolve() }),
    ]);
    await oneIsHeld();
    wait.reject(new Error('the disk is full'));
    expect(await results).toMatchObject([
      { status: 'rejected', reason: { message: 'the disk is full' } },
      { status: 'fulfilled' },
      { status: 'fulfilled' },
    ]);
    expect(await other.readStream('held/2')).toEqual([]);
    expect(await other.readStream('held/3')).toHaveLength(1);
    await expect(log.append(unit('held/2', 0, 'b'))).resolves.toHaveLength(1);
  });

  it('says its conflict and not what it waited for, where both keep it from being written', async () => {
    await log.append(unit('held/5', 0, 'a'));
    const appending = log.append({ ...unit('held/5', 0, 'b'), after: Promise.resolve() });
    await expect(appending).rejects.toMatchObject({ code: 'log.wrong-expected-version' });
  });
});

describe('A command that waits for something', () => {
  it('is rejected alone where that fails', async () => {
    const handler = new CommandHandler(log, 'spec');
    const full = Promise.reject(new Error('the disk is full'));
    const results = await Promise.allSettled([
      handler.handle(sums, 'sum/held-1', { by: 'a' }, { after: Promise.resolve() }),
      handler.handle(sums, 'sum/held-1', { by: 'b' }, { after: full }),
      handler.handle(sums, 'sum/held-1', { by: 'c' }),
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled', value: { sequence: 1 } },
      { status: 'rejected', reason: { message: 'the disk is full' } },
      { status: 'fulfilled', value: { sequence: 2, state: { by: ['a', 'c'] } } },
    ]);
  });

  it('is written down once where the session is lost while it waits', async () => {
    const handler = new CommandHandler(log, 'spec');
    const wait = openPromise();
    const handling = handler.handle(sums, 'sum/held-2', { by: 'a' }, { after: wait.promise });
    await oneIsHeld();
    await fresh.admin.query('select pg_terminate_backend($1)', [(await heldSessions())[0]]);
    await expect.poll(heldSessions, { timeout: 20_000 }).toEqual([]);
    wait.resolve();
    expect(await handling).toMatchObject({ sequence: 1, state: { by: ['a'] } });
    expect(await other.readStream('sum/held-2')).toHaveLength(1);
  });

  it('does not keep others from the log for ever', async () => {
    const wait = openPromise();
    const handling = new CommandHandler(log, 'spec').handle(sums, 'sum/held-3', { by: 'a' }, { after: wait.promise });
    await oneIsHeld();
    // The database ends a transaction that nothing happens in.
    await expect(new CommandHandler(other, 'spec').handle(sums, 'sum/held-4', { by: 'b' })).resolves.toBeDefined();
    wait.resolve();
    expect(await handling).toMatchObject({ sequence: 1 });
  });
});
