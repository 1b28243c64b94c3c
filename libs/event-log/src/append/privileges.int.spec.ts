import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog({ segmentSize: 10 });
  log = await fresh.open();
  await log.append(unit('note/1', 0, 'a', 'b'));
});
afterAll(() => fresh[Symbol.asyncDispose]());

const changes = [
  `update log.event set type = 'x'`,
  'delete from log.event where position = 1',
  'truncate log.event',
  `update log.event_000000000000001 set type = 'x'`,
  'delete from log.event_000000000000001',
  'truncate log.event_000000000000001',
];

describe('The log', () => {
  it.each([
    ...changes,
    'insert into log.event select * from log.event',
    'insert into log.stream (stream_id, version, first_position, last_position) values ($$x$$, 1, 1, 1)',
    'update log.stream set version = 7',
    'alter table log.event disable trigger all',
    'drop table log.event',
    'select * from log.tail()',
    'select log.add_segment(5)',
  ])('gives a service no privilege to: %s', async (statement) => {
    await expect(log.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(changes)('refuses by trigger, whoever asks: %s', async (statement) => {
    await expect(fresh.admin.query(statement)).rejects.toThrow('the event log is append-only');
  });

  it('guards segments that were made later in the same way', async () => {
    for (let count = 0; count < 4; count++)
      await log.append(unit('note/2', 'any', ...Array.from({ length: 10 }, String)));
    await expect(fresh.admin.query('truncate log.event_000000000000031')).rejects.toThrow('append-only');
    await expect(fresh.admin.query('delete from log.event_000000000000031')).rejects.toThrow('append-only');
    await expect(log.pool.query('delete from log.event_000000000000031')).rejects.toMatchObject({ code: '42501' });
  });

  it('lets services keep timers, checkpoints and parked events', async () => {
    await log.pool.query(`insert into log.parked (consumer, position, attempts, error) values ('c', 1, 5, 'e')`);
    await log.pool.query(`delete from log.parked where consumer = 'c'`);
    await log.pool.query(`delete from log.timer where stream_id = 'none'`);
    await log.checkpoints.set('c', 1);
    expect(await log.checkpoints.get('c')).toBe(1);
  });
});
