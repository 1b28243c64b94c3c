import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, time, unit, unitOf } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

describe('EventLog.append', () => {
  it('gives events their place in the log and in their stream', async () => {
    const { position: before } = await log.head();
    const events = await log.append(unit('note/1', 0, 'a', 'b'));
    expect(events.map(({ position, sequence }) => [position - before, sequence])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const [third] = await log.append(unit('note/1', 2, 'c'));
    expect(third).toMatchObject({ position: before + 3, sequence: 3, stream: 'note/1', time });
  });

  it('returns what is read later', async () => {
    const appended = await log.append(
      unitOf(
        { stream: 'note/2', expected: 0, events: [note('ü€😀')], metadata: { causationid: 3, correlationid: 'x' } },
        { stream: 'note/3', expected: 'any', events: [note('"\\{},')] },
      ),
    );
    const read = await Promise.all(appended.map(({ position }) => log.read(position)));
    expect(read).toEqual(appended);
    expect(await log.readStream('note/2')).toEqual(appended.slice(0, 1));
  });

  it('keeps any JSON as it is, byte by byte', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ noUnicodeString: false }), { maxLength: 5 }), async (values) => {
        const stream = `json/${run++}`;
        const events = values.map((value) => ({ type: 'value.v1', data: { value } }));
        const texts = events.map(({ data }) => JSON.stringify(data));
        await log.append(unitOf({ stream, expected: 0, events }));
        const read = await log.readStream(stream);
        expect(read.map(({ data }) => JSON.stringify(data))).toEqual(texts);
      }),
      { numRuns: 40 },
    );
    await log.append(unitOf({ stream: 'json/odd', expected: 0, events: [note('\0 \ud800 "{}')] }));
    expect((await log.readStream('json/odd'))[0]?.data).toEqual({ text: '\0 \ud800 "{}' });
  });

  it('refuses a unit whose stream has another version than expected, and says which', async () => {
    await log.append(unit('note/4', 0, 'a'));
    await expect(log.append(unit('note/4', 0, 'b'))).rejects.toMatchObject({
      code: 'log.wrong-expected-version',
      message: 'stream note/4 has version 1, expected 0',
      details: { stream: 'note/4', expected: 0, actual: 1 },
    });
    await expect(log.append(unit('note/5', 2, 'b'))).rejects.toMatchObject({ details: { expected: 2, actual: 0 } });
    expect(await log.readStream('note/4')).toHaveLength(1);
    expect(await log.readStream('note/5')).toEqual([]);
  });

  it('writes a unit of several streams whole or not at all', async () => {
    await log.append(unit('note/6', 0, 'a'));
    const parts = [
      { stream: 'note/7', expected: 0, events: [note('b')] },
      { stream: 'note/6', expected: 0, events: [note('c')] },
      { stream: 'note/8', expected: 'any' as const, events: [note('d')], timer: { queue: 'q', afterMs: 0 } },
    ];
    await expect(log.append(unitOf(...parts))).rejects.toMatchObject({ details: { stream: 'note/6' } });
    expect(await log.readStream('note/7')).toEqual([]);
    expect(await log.readStream('note/8')).toEqual([]);
    expect(await log.timers.queues('q')).toEqual([]);
  });

  it('writes the neighbours of a unit that is refused, without a hole', async () => {
    await log.append(unit('note/9', 0, 'a'));
    const { position: before } = await log.head();
    const results = await Promise.allSettled(
      ['note/10', 'note/9', 'note/11'].map((stream) => log.append(unit(stream, 0, 'b'))),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const after = await log.readAll({ after: before, limit: 10 });
    expect(after.map(({ stream }) => stream)).toEqual(['note/10', 'note/11']);
  });

  it('lets exactly one of many appends win that expect the same version', async () => {
    const other = await fresh.open();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? log : other).append(unit('note/12', 0, String(index)))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await log.readStream('note/12')).toHaveLength(1);
  });

  it('lets parts of a unit see the parts before them', async () => {
    const events = await log.append(
      unitOf(
        { stream: 'note/13', expected: 0, events: [note('a'), note('b')] },
        { stream: 'note/14', expected: 0, events: [note('c')] },
        { stream: 'note/13', expected: 2, events: [note('d')] },
      ),
    );
    expect(events.map(({ stream, sequence }) => [stream, sequence])).toEqual([
      ['note/13', 1],
      ['note/13', 2],
      ['note/14', 1],
      ['note/13', 3],
    ]);
  });

  it('checks a version without writing anything', async () => {
    await expect(log.append(unit('note/15', 0))).resolves.toEqual([]);
    await expect(log.append(unit('note/15', 1))).rejects.toMatchObject({ code: 'log.wrong-expected-version' });
    expect(await log.readStream('note/15')).toEqual([]);
  });

  it('writes a unit that is bigger than a call', async () => {
    const texts = Array.from({ length: 2_500 }, (_, index) => String(index));
    const events = await log.append(unit('note/16', 0, ...texts));
    expect(events.at(-1)).toMatchObject({ sequence: 2_500 });
    const read = await log.readStream('note/16');
    expect(read.map(({ data }) => data)).toEqual(texts.map((text) => ({ text })));
  });

  it('refuses a second append in one transaction, which could deadlock', async () => {
    const call = `select * from log.append('{1}', '{t}', '{-1}', array[now()], array['{}']::json[], '{null}', '{null}',
      '{null}', '{null}', '{null}', '{1}', '{t}', array['{}']::json[], array[sha256('')])`;
    const client = await log.pool.connect();
    await client.query('begin');
    await client.query(call);
    await expect(client.query(call)).rejects.toThrow('only one log.append per transaction');
    await client.query('rollback');
    client.release();
  });
});
