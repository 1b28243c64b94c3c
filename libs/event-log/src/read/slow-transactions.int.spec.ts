import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '@waystation/events';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import { appendStatement } from '../append/append-call.js';
import { encodeUnit } from '../append/encode-unit.js';
import { sessionConfig } from '../connection/session-config.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
const sessions: pg.Client[] = [];
beforeEach(async () => {
  fresh = await freshLog({ segmentSize: 25 });
  log = await fresh.open();
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.end()));
  await fresh[Symbol.asyncDispose]();
});

/** A writer that takes its time between the append and the commit. */
const begin = async () => {
  const session = new pg.Client(sessionConfig(fresh.url, 'slow'));
  sessions.push(session);
  await session.connect();
  await session.query('begin');
  // From here on the transaction has its number; others that begin later may append before.
  await session.query('select pg_current_xact_id()');
  return {
    append: (stream: string, ...texts: readonly string[]) =>
      session.query(appendStatement([encodeUnit(unit(stream, 'any', ...texts))])),
    commit: () => session.query('commit'),
    rollback: () => session.query('rollback'),
    end: () => sessions.splice(sessions.indexOf(session), 1)[0]?.end(),
  };
};
const textsFrom = async (after: number) =>
  (await log.readAll({ after, limit: 100 })).map(({ data }) => (data as { text: string }).text);
const untilItWaits = async (): Promise<void> => {
  const waiting = `select from pg_stat_activity where wait_event = 'advisory' and datname = current_database()`;
  while ((await fresh.admin.query(waiting)).rowCount === 0) await delay(2);
};

describe('A reader', () => {
  it('sees what commits late in front of what was begun earlier and appended later', async () => {
    const [early, late] = [await begin(), await begin()];
    await late.append('note/1', 'first');
    const second = early.append('note/1', 'second');
    await untilItWaits();
    const third = log.append(unit('note/1', 'any', 'third'));
    expect(await textsFrom(0)).toEqual([]);
    await late.commit();
    await second;
    expect(await textsFrom(0)).toEqual(['first']);
    await early.commit();
    await third;
    expect(await textsFrom(0)).toEqual(['first', 'second', 'third']);
    expect((await log.readStream('note/1')).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('finds no gap where one that took its time was rolled back', async () => {
    const slow = await begin();
    await slow.append('note/1', 'never', 'happened');
    const next = log.append(unit('note/1', 'any', 'happened'));
    await untilItWaits();
    await slow.rollback();
    expect(await next).toMatchObject([{ position: 1, sequence: 1 }]);
    expect(await textsFrom(0)).toEqual(['happened']);
  });

  it('misses nothing and sees nothing out of order behind many slow writers', async () => {
    const written: string[] = [];
    const write = async (writer: number): Promise<void> => {
      for (let turn = 0; turn < 6; turn++) {
        const slow = await begin();
        await delay((writer * 7 + turn * 3) % 11);
        const text = `${writer}.${turn}`;
        await slow.append(`note/${turn % 3}`, text);
        await delay((writer * 5 + turn * 13) % 17);
        if ((writer + turn) % 5 === 0) await slow.rollback();
        else await slow.commit().then(() => written.push(text));
        await slow.end();
      }
    };
    let isOver = false;
    const writers = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer))).finally(() => (isOver = true));
    const seen: RecordedEvent[] = [];
    for (let isLast = false; !isLast;) {
      isLast = isOver;
      seen.push(...(await log.readAll({ after: seen.length, limit: 100 }))); // throws where a position is missing
    }
    await writers;
    expect(seen.map(({ data }) => (data as { text: string }).text).toSorted()).toEqual(written.toSorted());
    expect(seen).toEqual(await log.readAll({ after: 0, limit: 1000 }));
    for (const stream of ['note/0', 'note/1', 'note/2']) {
      const events = seen.filter((event) => event.stream === stream);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    }
  });
});
