import { instantAfter } from '@waystation/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog({ segmentSize: 10 });
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

describe('EventLog', () => {
  it('has an empty head while it is empty', async () => {
    expect(await log.head()).toEqual({ position: 0, recordedtime: undefined });
    expect(await log.readAll({ after: 0, limit: 10 })).toEqual([]);
    expect(await log.positionAt(await log.now())).toBe(0);
    await expect(log.read(1)).rejects.toMatchObject({ code: 'log.no-such-position' });
  });

  it('reads a stream from and up to a sequence', async () => {
    await log.append(unit('note/1', 0, 'a', 'b', 'c', 'd'));
    await log.append(unit('note/2', 0, 'x'));
    const sequences = async (range: { after?: number; through?: number }) =>
      (await log.readStream('note/1', range)).map(({ sequence }) => sequence);
    expect(await sequences({})).toEqual([1, 2, 3, 4]);
    expect(await sequences({ after: 2 })).toEqual([3, 4]);
    expect(await sequences({ through: 3 })).toEqual([1, 2, 3]);
    expect(await sequences({ after: 1, through: 2 })).toEqual([2]);
    expect(await sequences({ after: 4 })).toEqual([]);
  });

  it('reads the whole log in pages', async () => {
    const first = await log.readAll({ after: 0, limit: 3 });
    const second = await log.readAll({ after: 3, limit: 3 });
    expect([...first, ...second].map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds the position at any instant', async () => {
    for (let count = 0; count < 30; count++) {
      await log.append(unit('note/3', 'any', 'z'));
    }
    const events = await log.readAll({ after: 0, limit: 100 });
    for (const { recordedtime } of events) {
      const expected = events.findLast((event) => event.recordedtime <= recordedtime)?.position;
      expect(await log.positionAt(recordedtime)).toBe(expected);
    }
    const [first] = events;
    expect(await log.positionAt(instantAfter(first?.recordedtime ?? '', -1))).toBe(0);
    expect(await log.head()).toEqual({ position: 35, recordedtime: events.at(-1)?.recordedtime });
  });

  it('names the positions around a hole', async () => {
    await fresh.admin.query(`set session_replication_role = replica`);
    await fresh.admin.query('delete from log.event where position = 12');
    await fresh.admin.query(`set session_replication_role = origin`);
    await expect(log.readAll({ after: 5, limit: 100 })).rejects.toMatchObject({
      code: 'log.hole',
      message: 'position 12 is missing from the log: it is followed by position 13',
    });
  });
});
