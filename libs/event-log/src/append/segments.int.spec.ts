import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog({ segmentSize: 7 });
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const segmentsBehind = async (position: number): Promise<number> => {
  const { rows } = await fresh.admin.query<{ count: string }>('select count(*) from log.segment where lo > $1', [
    position,
  ]);
  return Number(rows[0]?.count);
};

describe('Segments', () => {
  it('are two ahead before the first event', async () => {
    expect(await segmentsBehind(0)).toBe(2);
  });

  it('are made as appends go on, also when one append goes over the ends of several', async () => {
    for (const count of [6, 1, 1, 50, 7, 5, 2, 1]) {
      await log.append(unit('note/1', 'any', ...Array.from({ length: count }, String)));
      const { position } = await log.head();
      expect(await segmentsBehind(position)).toBeGreaterThanOrEqual(1);
    }
    const events = await log.readAll({ after: 0, limit: 100 });
    expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 73 }, (_, index) => index + 1));
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map(({ position }) => position));
    expect(await log.readStream('note/1', { after: 40, through: 60 })).toEqual(events.slice(40, 60));
  });

  it('are made by opening the log where they are missing', async () => {
    const { position } = await log.head();
    await fresh.open();
    expect(await segmentsBehind(position)).toBeGreaterThanOrEqual(2);
  });

  it('have the size of the newest one', async () => {
    await fresh.admin.query('select log.add_segment(3)');
    await log.append(unit('note/1', 'any', ...Array.from({ length: 30 }, String)));
    const { rows } = await fresh.admin.query<{ size: string }>(
      'select hi - lo + 1 as size from log.segment order by lo desc limit 1',
    );
    expect(Number(rows[0]?.size)).toBe(3);
  });
});
