import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import { eventHash } from '../append/event-hash.js';
import type { EventLog } from '../event-log.js';
import type { Seal } from '../seal/seal-hash.js';
import { Sealer } from '../seal/sealer.js';
import { verifyLog } from './verify-log.js';

let fresh: FreshLog;
let log: EventLog;
const anchors: Seal[] = [];

/** Twelve notes under two seals and two notes more: positions 1 to 16, seals at 7 and 14. */
const write = async () => {
  const sealer = new Sealer(log, { service: 'spec', anchor: async (seal) => void anchors.push(seal) });
  for (const _ of [1, 2]) {
    await log.append(unit('note/1', 'any', 'a', 'b', 'c'));
    await log.append(unit('note/2', 'any', 'd', 'e', 'f'));
    await sealer.sealNow();
  }
  await log.append(unit('note/1', 'any', 'y'));
  await log.append(unit('note/2', 'any', 'z'));
};

beforeAll(async () => {
  fresh = await freshLog({ segmentSize: 10 });
  log = await fresh.open();
  await write();
  await fresh.admin.query('set session_replication_role = replica'); // triggers do not fire
  for (const table of ['event', 'stream', 'segment']) {
    await fresh.admin.query(`create table saved_${table} as table log.${table}`);
  }
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** The log as it was written. */
beforeEach(() =>
  fresh.admin.query(`
    delete from log.event;
    insert into log.event table saved_event;
    delete from log.stream;
    insert into log.stream overriding system value table saved_stream;
    update log.segment set state = 'open' where lo not in (select lo from saved_segment where state = 'full');
    update log.segment set state = 'full' where lo in (select lo from saved_segment where state = 'full')`),
);

const tamper = (statement: string, values: readonly unknown[] = []) => fresh.admin.query(statement, [...values]);
const found = async () => {
  const { ok, problems } = await verifyLog(log, { anchors });
  return { ok, problems: problems.map(({ position, code }) => [position, code]) };
};

/** What somebody does who knows how hashes are made. */
const forge = async (position: number): Promise<void> => {
  const { stream, type, time, metadata } = await log.read(position);
  const data = '{"text":"forged"}';
  const hash = eventHash({ type, stream, time, data, metadata: JSON.stringify(metadata) });
  await tamper('update log.event set data = $2, hash = $3 where position = $1', [position, data, hash]);
};

describe('verifyLog', () => {
  it('finds nothing in a log that nobody changed', async () => {
    const progress: number[] = [];
    const report = await verifyLog(log, { anchors, onProgress: (position) => progress.push(position) });
    const unsigned = { signedThrough: 0, archivedThrough: 0 };
    expect(report).toEqual({ ok: true, events: 16, seals: 2, head: 16, unsealedFrom: 14, ...unsigned, problems: [] });
    expect(progress).toEqual([16]);
    expect(anchors).toHaveLength(2);
    const twice = anchors.flatMap((seal) => [seal, seal]);
    expect(await verifyLog(log, { anchors: twice })).toMatchObject({ ok: true });
  });

  it('finds nothing in an empty log', async () => {
    await using empty = await freshLog();
    expect(await verifyLog(await empty.open())).toMatchObject({ ok: true, events: 0, head: 0, unsealedFrom: 1 });
  });

  it('looks at a part of a log', async () => {
    expect(await verifyLog(log, { from: 4, to: 15 })).toMatchObject({ ok: true, events: 12, seals: 1 });
    await forge(2);
    expect(await verifyLog(log, { from: 4 })).toMatchObject({ ok: true });
    expect(await verifyLog(log, { to: 6 })).toMatchObject({ ok: false });
  });

  it('finds a changed byte, under a seal or not', async () => {
    await tamper(`update log.event set data = '{"text":"B"}' where position = 2`);
    await tamper(`update log.event set meta = '{}' where position = 16`);
    expect(await found()).toEqual({
      ok: false,
      problems: [
        [2, 'log.changed-event'],
        [16, 'log.changed-event'],
      ],
    });
    const { problems } = await verifyLog(log);
    expect(problems[0]?.message).toBe(
      'the event at position 2 (note.taken.v1 of stream note/1) does not have the hash it was appended with',
    );
  });

  it('finds a changed byte of the hash alone', async () => {
    await tamper(`update log.event set hash = set_byte(hash, 7, 255 - get_byte(hash, 7)) where position = 5`);
    expect(await found()).toEqual({ ok: false, problems: [[5, 'log.changed-event']] });
  });

  it('finds a changed time of the producer, also one that no calendar has', async () => {
    await tamper(`update log.event set occurred_at = occurred_at + interval '1 ms' where position = 3`);
    await tamper(`update log.event set occurred_at = 'infinity' where position = 4`);
    expect((await found()).problems).toEqual([
      [3, 'log.changed-event'],
      [4, 'log.changed-event'],
    ]);
  });

  it('finds an event that was forged with its hash', async () => {
    await forge(2);
    const { problems } = await verifyLog(log);
    expect(problems.map(({ position, code }) => [position, code])).toEqual([[2, 'log.not-as-sealed']]);
    expect(problems[0]?.message).toMatch(/the event at position 2 is not the one that was sealed/);
  });

  it('finds by the root alone that an event of a range was forged to look like the one that was marked', async () => {
    await forge(2);
    const seal = { ...(anchors[0] as Seal), marks: '' };
    const [first, ...others] = (await verifyLog(log, { anchors: [seal, ...anchors.slice(1)] })).problems;
    expect(others).toEqual([]);
    expect(first).toMatchObject({ position: 1, code: 'log.wrong-root' });
    expect(first?.message).toMatch(/an event between positions 1 and 6 was changed after it was sealed/);
  });

  it('finds a changed recorded time', async () => {
    await tamper(`update log.event set recorded_at = recorded_at - interval '1 h' where position = 1`);
    expect(await found()).toEqual({ ok: false, problems: [[1, 'log.not-as-sealed']] });
    await tamper(`update log.event set recorded_at = recorded_at + interval '1 day' where position = 15`);
    expect((await found()).problems).toContainEqual([16, 'log.time-reversed']);
  });

  it('finds a deleted event', async () => {
    await tamper('delete from log.event where position = 3');
    expect((await found()).problems[0]).toEqual([3, 'log.hole']);
    await tamper('delete from log.event where position in (1, 2)');
    const { problems } = await verifyLog(log);
    expect(problems[0]?.message).toBe('positions 1 to 3 are missing from the log');
  });

  it('finds two events of different streams that changed places, also where their times did not', async () => {
    for (const [from, to] of [
      [4, 17],
      [3, 4],
      [17, 3],
    ]) {
      await tamper('update log.event set position = $2 where position = $1', [from, to]);
    }
    expect((await found()).problems[0]).toEqual([3, 'log.not-as-sealed']);
    await tamper(`update log.event e set recorded_at = o.recorded_at from log.event o
      where e.position in (3, 4) and o.position = 7 - e.position`);
    expect((await found()).problems).toEqual([[3, 'log.not-as-sealed']]);
  });

  it('finds two events of one stream that changed places', async () => {
    await tamper(`update log.event e set data = o.data, meta = o.meta, hash = o.hash, occurred_at = o.occurred_at
      from log.event o where e.position in (5, 6) and o.position = 11 - e.position`);
    expect((await found()).problems[0]).toEqual([5, 'log.not-as-sealed']);
  });

  it('finds an event that was given to another stream', async () => {
    await tamper(`update log.event set stream_no = (select stream_no from log.stream where stream_id = 'note/2'),
      version = 8 where position = 15`);
    const { problems } = await found();
    expect(problems).toContainEqual([15, 'log.changed-event']);
    expect(problems).toContainEqual([15, 'log.sequence-gap']);
  });

  it('finds that the end was cut off', async () => {
    await tamper('delete from log.event where position = 16');
    expect(await found()).toEqual({ ok: false, problems: [[16, 'log.truncated']] });
  });

  it('finds by the anchors that the end was cut off with all traces in the database', async () => {
    await tamper('delete from log.event where position >= 8');
    await tamper(
      `update log.stream s set version = (select count(*) from log.event e where e.stream_no = s.stream_no)`,
    );
    expect(await verifyLog(log)).toMatchObject({ ok: true });
    expect(await found()).toEqual({ ok: false, problems: [[8, 'log.anchor-mismatch']] });
  });

  it('finds by the anchors that everything was forged and sealed again', async () => {
    await tamper('delete from log.event where position >= 7');
    await tamper(
      `update log.stream s set version = (select count(*) from log.event e where e.stream_no = s.stream_no)`,
    );
    await tamper(`delete from log.stream where version = 0`);
    await tamper(`update log.segment set state = 'open'`);
    await forge(2);
    await new Sealer(log, { service: 'spec' }).sealNow();
    expect(await verifyLog(log)).toMatchObject({ ok: true, seals: 1 });
    expect((await found()).problems).toEqual([
      [2, 'log.not-as-sealed'],
      [7, 'log.anchor-mismatch'],
      [8, 'log.anchor-mismatch'],
    ]);
  });

  it('finds a seal that was changed', async () => {
    const { data } = await log.read(7);
    const seal = JSON.stringify({ ...(data as Seal), root: 'f'.repeat(64) });
    await tamper('update log.event set data = $1 where position = 7', [seal]);
    const { problems } = await found();
    expect(problems.every(([position]) => position === 7)).toBe(true);
    expect(new Set(problems.map(([, code]) => code))).toEqual(
      new Set(['log.anchor-mismatch', 'log.broken-chain', 'log.changed-event']),
    );
  });

  it('finds a stream that was renamed', async () => {
    await tamper(`update log.stream set stream_id = 'note/9' where stream_id = 'note/2'`);
    expect((await found()).problems[0]).toEqual([4, 'log.changed-event']);
  });

  it('names the first twenty problems', async () => {
    await log.append(unit('note/3', 0, ...Array.from({ length: 50 }, String)));
    await tamper(`update log.event set data = '{}' where position > 20`);
    const { problems } = await verifyLog(log);
    expect(problems).toHaveLength(20);
    expect(problems[0]?.position).toBe(21);
  });

  it('asks the database about streams it does not remember', async () => {
    const { problems } = await verifyLog(log, { from: 9 });
    expect(problems).toEqual([]);
    await tamper('delete from log.event where position = 8');
    expect((await verifyLog(log, { from: 9 })).problems).toMatchObject([{ position: 9, code: 'log.sequence-gap' }]);
  });
});
