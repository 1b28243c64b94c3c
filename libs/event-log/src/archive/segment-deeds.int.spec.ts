import {
  LogSegmentArchived,
  LogSegmentDetached,
  LogSegmentDropped,
  streamName,
  type NewEvent,
} from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit, unitOf } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';
import { Sealer } from '../seal/sealer.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog({ segmentSize: 10 });
  log = await fresh.open();
  await log.append(unit('note/1', 0, ...Array.from({ length: 25 }, String)));
});
afterAll(() => fresh[Symbol.asyncDispose]());

const write = async (event: NewEvent, stream: string = streamName.log): Promise<number> => {
  const [written] = await log.append(unitOf({ stream, expected: 'any', events: [event] }));
  return written?.position ?? 0;
};
const copy = {
  key: 'archive/log/some',
  sha256: 'a'.repeat(64),
  size: 100,
  directoryAt: 50,
  recordedFrom: '2026-01-31T12:00:00.000Z',
  recordedTo: '2026-01-31T12:00:01.000Z',
};
const archived = (from: number, to: number) => LogSegmentArchived.of({ from, to, ...copy, reason: '' });
const detached = (from: number, to: number) => LogSegmentDetached.of({ from, to, reason: '' });
const dropped = (from: number, to: number) => LogSegmentDropped.of({ from, to, reason: '' });
const carryOut = (what: 'archive' | 'detach' | 'drop', position: number) =>
  log.pool.query(`select log.${what}_segment($1)`, [position]);
const stateOf = async (from: number) =>
  (await fresh.admin.query<{ state: string }>('select state from log.segment where lo = $1', [from])).rows[0]?.state;

describe('A service', () => {
  it.each([
    'alter table log.event detach partition log.event_000000000000001',
    'drop table log.event_000000000000001',
    `update log.segment set state = 'dropped'`,
    `select log.segment_named_by(1, 'log.segment-dropped.v1')`,
  ])('has no privilege to: %s', async (statement) => {
    await expect(log.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['archive', 'detach', 'drop'] as const)('can %s no segment that no event tells of', async (what) => {
    for (const position of [1, 999]) {
      await expect(carryOut(what, position)).rejects.toThrow(`position ${position} has no event log.segment-`);
    }
  });

  it('can do nothing by an event that is about no segment, of another kind, or in another stream', async () => {
    const refused = 'about a segment of this log';
    await expect(carryOut('archive', await write(archived(1, 9)))).rejects.toThrow(refused);
    await expect(carryOut('archive', await write(archived(2, 10)))).rejects.toThrow(refused);
    await expect(carryOut('drop', await write(detached(1, 10)))).rejects.toThrow(refused);
    await expect(carryOut('archive', await write(archived(1, 10), 'note/log'))).rejects.toThrow(refused);
    expect(await stateOf(1)).toBe('full');
  });

  it('can do one thing after the other only, and nothing to the segment that the log goes on in', async () => {
    await expect(carryOut('detach', await write(detached(1, 10)))).rejects.toThrow(
      'no copy in the object store: it is full',
    );
    await carryOut('archive', await write(archived(1, 10)));
    await expect(carryOut('drop', await write(dropped(1, 10)))).rejects.toThrow('is archived, expected detached');
    await carryOut('archive', await write(archived(11, 20)));
    await expect(carryOut('detach', await write(detached(11, 20)))).rejects.toThrow('an older one is still there');
    await expect(carryOut('detach', await write(detached(1, 10)))).rejects.toThrow('the last seal would go with it');
    const [{ lo, hi }] = (
      await fresh.admin.query(`select lo, hi from log.segment where state = 'open' order by lo limit 1`)
    ).rows as [{ lo: string; hi: string }];
    await expect(carryOut('archive', await write(archived(Number(lo), Number(hi))))).rejects.toThrow(
      'is open, expected full',
    );
  });

  it('detaches and drops under a seal, any number of times, and a detached segment is still append-only', async () => {
    await new Sealer(log, { service: 'spec' }).sealNow();
    const detach = await write(detached(1, 10));
    for (const _ of [1, 2]) await carryOut('detach', detach);
    expect(await stateOf(1)).toBe('detached');
    const segment = 'log.event_000000000000001';
    await expect(fresh.admin.query(`delete from ${segment}`)).rejects.toThrow('append-only');
    await expect(fresh.admin.query(`update ${segment} set type = 'x'`)).rejects.toThrow('append-only');
    await expect(fresh.admin.query(`truncate ${segment}`)).rejects.toThrow('append-only');
    await expect(log.pool.query(`select from ${segment}`)).rejects.toMatchObject({ code: '42501' });
    await expect(carryOut('archive', await write(archived(1, 10)))).rejects.toThrow('is detached, expected full');
    const drop = await write(dropped(1, 10));
    for (const _ of [1, 2]) await carryOut('drop', drop);
    expect(await stateOf(1)).toBe('dropped');
    await expect(carryOut('detach', detach)).resolves.toBeDefined();
  });

  it('reads no further back than its table where it was opened without the object store', async () => {
    await expect(log.readAll({ after: 0, limit: 5 })).rejects.toMatchObject({ code: 'log.archive-not-given' });
    await expect(log.read(10)).rejects.toThrow('positions 1 to 10 are in the object store');
    await expect(log.readStream('note/1')).rejects.toMatchObject({ code: 'log.archive-not-given' });
    expect(await log.readAll({ after: 10, limit: 5 })).toHaveLength(5);
    expect(await log.readStream('note/1', { after: 10 })).toHaveLength(15);
  });

  it('waits only so long for those who read the segment, and can try again', async () => {
    const detach = await write(detached(11, 20));
    await fresh.admin.query('begin');
    await fresh.admin.query('select count(*) from log.event');
    await expect(carryOut('detach', detach)).rejects.toMatchObject({ code: '55P03' });
    await log.append(unit('note/1', 'any', 'meanwhile'));
    await fresh.admin.query('commit');
    await carryOut('detach', detach);
    expect(await stateOf(11)).toBe('detached');
  });
});
