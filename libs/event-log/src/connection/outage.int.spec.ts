import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutLine, type CutLine } from '../../test/cut-line.js';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { sums, unit } from '../../test/notes.js';
import { CommandHandler } from '../commands/command-handler.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let line: CutLine;
let log: EventLog;
let direct: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  line = await cutLine(fresh.url);
  log = await fresh.open(line.url);
  direct = await fresh.open();
});
afterAll(async () => {
  await fresh[Symbol.asyncDispose]();
  await line[Symbol.asyncDispose]();
});

describe('A log whose database is away', () => {
  it('rejects appends and reads as unavailable, and works again when the database is back', async () => {
    await log.append(unit('note/1', 0, 'a'));
    line.cut();
    await delay(100); // until the sessions have noticed
    const [append, read] = await Promise.allSettled([log.append(unit('note/1', 1, 'b')), log.head()]);
    expect(append).toMatchObject({ status: 'rejected', reason: { code: 'log.unavailable' } });
    expect(read).toMatchObject({ status: 'rejected', reason: { code: 'log.unavailable' } });
    line.mend();
    const [event] = await log.append(unit('note/1', 1, 'b'));
    expect(event).toMatchObject({ sequence: 2 });
    expect(await log.head()).toMatchObject({ position: event?.position });
  });

  it('waits for a database that is only restarting', async () => {
    line.cut();
    await delay(100);
    const append = log.append(unit('note/2', 0, 'a'));
    const read = log.readStream('note/1');
    setTimeout(() => line.mend(), 300);
    expect(await append).toHaveLength(1);
    expect(await read).toHaveLength(2);
  });

  it('survives that all its sessions are ended', async () => {
    await fresh.admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
      ['event-log-spec'],
    );
    const { position } = await log.head();
    await log.append(unit('note/3', 'any', 'a')).catch(() => log.append(unit('note/3', 'any', 'a')));
    expect((await log.head()).position).toBe(position + 1);
  });

  it('says so when nobody knows whether an append was written', async () => {
    line.swallowNextAppend();
    await expect(log.append(unit('note/4', 0, 'a'))).rejects.toMatchObject({ code: 'log.outcome-unknown' });
    expect(await direct.readStream('note/4')).toHaveLength(1);
  });

  it('is not asked twice by a command whose append was written unheard of', async () => {
    const handler = new CommandHandler(log, 'spec');
    const stream = 'sum/unheard';
    await handler.handle(sums, stream, { by: 'a' });
    line.swallowNextAppend();
    const handled = await Promise.all(['b', 'c', 'b'].map((by) => handler.handle(sums, stream, { by })));
    expect(handled.map(({ events }) => events.length)).toEqual([1, 1, 0]);
    const { state } = await handler.load(sums, stream);
    expect(state.by).toEqual(['a', 'b', 'c']);
    expect(await direct.readStream(stream)).toHaveLength(3);
  });

  it('is told to be closed when it was', async () => {
    const closed = await fresh.open();
    await closed.close();
    await expect(closed.head()).rejects.toMatchObject({ code: 'log.closed' });
    await expect(closed.append(unit('note/5', 0, 'a'))).rejects.toMatchObject({ code: 'log.closed' });
  });
});
