import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutLine } from '../../test/cut-line.js';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';
import { Announcer } from './announcer.js';
import { Database } from './database.js';
import { Doorbell } from './doorbell.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** Follows a log until it holds a number of events. */
const seenBy = (reader: EventLog, count: number) =>
  new Promise<number>((resolve, reject) => {
    const look = () =>
      void reader.head().then(({ position }) => {
        if (position < count) return;
        stop();
        resolve(position);
      }, reject);
    const stop = reader.onAppended(look);
    look();
  });

describe('The doorbell', () => {
  it('rings for appends of this process and of others', async () => {
    const other = await fresh.open();
    const { position } = await log.head();
    const seen = [seenBy(log, position + 2), seenBy(other, position + 2)];
    await log.append(unit('note/1', 'any', 'a'));
    await other.append(unit('note/1', 'any', 'b'));
    expect(await Promise.all(seen)).toEqual([position + 2, position + 2]);
  });

  it('rings by notification, apart from the poll, and again after its connection was lost', async () => {
    await using line = await cutLine(fresh.url);
    const doorbell = new Doorbell(line.url, 'doorbell-spec', { pollMs: 3_600_000 });
    const database = new Database(fresh.url, 'announcer-spec');
    const announcer = new Announcer(database);
    const nextRing = () =>
      new Promise<void>((resolve) => {
        const stop = doorbell.add(() => {
          stop();
          resolve();
        });
      });
    await nextRing(); // it listens
    const second = nextRing();
    announcer.announce();
    await second;
    line.cut();
    line.mend();
    await nextRing(); // it listens again, and what it may have missed is looked for
    const fourth = nextRing();
    announcer.announce();
    await fourth;
    await doorbell.close();
    announcer.close();
    await database.pool.end();
  });
});
