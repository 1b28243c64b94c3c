import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '@waystation/events';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';
import { sessionConfig } from '../connection/session-config.js';
import { verifyLog } from '../verify/verify-log.js';
import { appendStatement } from './append-call.js';
import { encodeUnit } from './encode-unit.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog({ segmentSize: 40 });
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const WRITERS = 12;
const CALLS = 25;

/** Writes on a session of its own, rolls some transactions back, and has its backend killed now and then. */
const write = async (writer: number): Promise<number> => {
  const connect = async () => {
    const made = new pg.Client(sessionConfig(fresh.url, `writer-${writer}`));
    made.on('error', () => {});
    await made.connect();
    return made;
  };
  let client = await connect();
  let committed = 0;
  for (let call = 0; call < CALLS; call++) {
    const texts = Array.from({ length: 1 + (call % 4) }, (_, index) => `${call}.${index}`);
    const units = [`writer/${writer}`, `shared/${call % 5}`].map((stream) => encodeUnit(unit(stream, 'any', ...texts)));
    const isLost = call % 20 === writer;
    await client.query('begin');
    await client.query(appendStatement(units));
    if (isLost) {
      const ended = new Promise((resolve) => client.once('end', resolve));
      await fresh.admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
        [`writer-${writer}`],
      );
      await ended;
      client = await connect();
    } else if (call % 10 === 9) {
      await client.query('rollback');
    } else {
      await client.query('commit');
      committed += 2 * texts.length;
    }
  }
  await client.end();
  return committed;
};

/** Reads behind the writers, as every consumer does. */
const follow = async (isOver: () => boolean): Promise<readonly RecordedEvent[]> => {
  const seen: RecordedEvent[] = [];
  for (;;) {
    const last = isOver();
    const page = await log.readAll({ after: seen.length, limit: 50 });
    seen.push(...page);
    if (last && page.length === 0) return seen;
    if (page.length === 0) await delay(1);
  }
};

describe('The order of the log', () => {
  it('has no hole and never changes for a reader, over rollbacks, killed writers and ends of segments', async () => {
    let isOver = false;
    const following = follow(() => isOver);
    const committed = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    isOver = true;
    const seen = await following;

    expect(seen).toHaveLength(committed.reduce((sum, count) => sum + count, 0));
    expect(await log.readAll({ after: 0, limit: seen.length + 1 })).toEqual(seen);
    const times = seen.map(({ recordedtime }) => recordedtime);
    expect(times).toEqual(times.toSorted());
    const { rows } = await fresh.admin.query<{ full: string }>(
      `select count(*) as full from log.segment where state = 'full'`,
    );
    expect(Number(rows[0]?.full)).toBeGreaterThan(15);
    expect(await verifyLog(log)).toMatchObject({ ok: true, events: seen.length });
  });
});
