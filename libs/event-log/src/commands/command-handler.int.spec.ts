import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, sums, type Add } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';
import { CommandHandler } from './command-handler.js';

let fresh: FreshLog;
let log: EventLog;
let other: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
  other = await fresh.open();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const names = (prefix: string, count: number): readonly Add[] =>
  Array.from({ length: count }, (_, index) => ({ by: `${prefix}${index}` }));

describe('CommandHandler', () => {
  it('appends what a command leads to, and gives back the state behind it', async () => {
    const handler = new CommandHandler(log, 'spec');
    const handled = await handler.handle(sums, 'sum/1', { by: 'a' }, { metadata: { causationid: 7 } });
    expect(handled).toMatchObject({ state: { by: ['a'] }, sequence: 1, events: [{ sequence: 1, data: { by: 'a' } }] });
    expect(await log.readStream('sum/1')).toEqual(handled.events);
    expect(handled.events[0]?.metadata).toEqual({ actor: { kind: 'service', name: 'spec' }, causationid: 7 });
    expect(handled.state.since).toBe(handled.events[0]?.recordedtime);
  });

  it('decides concurrent commands in order, in one append', async () => {
    const handler = new CommandHandler(log, 'spec');
    const handled = await Promise.all(names('n', 100).map((command) => handler.handle(sums, 'sum/2', command)));
    expect(handled.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(handled.map(({ state }) => state.by.length)).toEqual(handled.map(({ sequence }) => sequence));
    const events = await log.readStream('sum/2');
    expect(events.map(({ data }) => data)).toEqual(names('n', 100));
    expect(new Set(events.map(({ recordedtime }) => recordedtime)).size).toBe(1);
  });

  it('applies the commands of two handlers exactly once each', async () => {
    const handlers = [new CommandHandler(log, 'one'), new CommandHandler(other, 'two')];
    const handled = await Promise.all(
      handlers.flatMap((handler, index) =>
        names(`h${index}-`, 100).map(async (command, turn) => {
          for (let wait = 0; wait < turn % 10; wait++) await log.now();
          return handler.handle(sums, 'sum/3', command);
        }),
      ),
    );
    expect(handled.map(({ events }) => events.length)).toEqual(Array.from({ length: 200 }, () => 1));
    const { state, sequence } = await new CommandHandler(log, 'spec').load(sums, 'sum/3');
    expect(sequence).toBe(200);
    expect(new Set(state.by).size).toBe(200);
  });

  it('applies the same command of two handlers once', async () => {
    const handlers = [new CommandHandler(log, 'one'), new CommandHandler(other, 'two')];
    await Promise.all(
      names('same', 50).flatMap((command) => handlers.map((handler) => handler.handle(sums, 'sum/4', command))),
    );
    expect(await log.readStream('sum/4')).toHaveLength(50);
  });

  it('rejects only the command that is refused', async () => {
    const handler = new CommandHandler(log, 'spec');
    const results = await Promise.allSettled(['a', 'refused', 'b'].map((by) => handler.handle(sums, 'sum/5', { by })));
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { message: 'refused at 1' } },
      { status: 'fulfilled', value: { sequence: 2 } },
    ]);
  });

  it('refuses, and finds nothing to do, on the current state only', async () => {
    const [here, there] = [new CommandHandler(log, 'one'), new CommandHandler(other, 'two')];
    await here.handle(sums, 'sum/6', { by: 'a' });
    await there.handle(sums, 'sum/6', { by: 'b' });
    await expect(here.handle(sums, 'sum/6', { by: 'refused' })).rejects.toThrow('refused at 2');
    await there.handle(sums, 'sum/6', { by: 'c' });
    expect(await here.handle(sums, 'sum/6', { nothing: true })).toMatchObject({ sequence: 3, events: [] });
  });

  it('loads what other processes have appended, and states of the past', async () => {
    const [here, there] = [new CommandHandler(log, 'one'), new CommandHandler(other, 'two')];
    await here.handle(sums, 'sum/7', { by: 'a' });
    await there.handle(sums, 'sum/7', { by: 'b' });
    expect(await here.load(sums, 'sum/7')).toMatchObject({ state: { by: ['a', 'b'] }, sequence: 2 });
    expect(await here.load(sums, 'sum/7', { through: 1 })).toMatchObject({ state: { by: ['a'] }, sequence: 1 });
    expect(await here.load(sums, 'sum/none')).toEqual({ state: sums.initial, sequence: 0 });
  });

  it('sets and clears the timer that follows from the state', async () => {
    const handler = new CommandHandler(log, 'spec');
    const timer = async () => {
      const { rows } = await fresh.admin.query<{ due: Date }>(
        `select due_at - interval '60 s' as due from log.timer where stream_id = 'sum/8'`,
      );
      return rows.map(({ due }) => due.toISOString());
    };
    const { events } = await handler.handle(sums, 'sum/8', { by: 'a' });
    expect(await timer()).toEqual([events[0]?.recordedtime]);
    await handler.handle(sums, 'sum/8', { by: 'b' });
    expect(await timer()).toEqual([]);
    const handled = await Promise.all(['c', 'd', 'e'].map((by) => handler.handle(sums, 'sum/8', { by })));
    expect(await timer()).toEqual([handled[2]?.events[0]?.recordedtime]);
  });

  it('writes parts for other streams together with the events, or neither', async () => {
    const handler = new CommandHandler(log, 'spec');
    const alongside = () => [{ stream: 'note/9', expected: 0, events: [note('x')] }];
    await handler.handle(sums, 'sum/9', { by: 'a' }, { alongside });
    expect(await log.readStream('note/9')).toHaveLength(1);
    const results = await Promise.allSettled([
      handler.handle(sums, 'sum/9', { by: 'b' }, { alongside }),
      handler.handle(sums, 'sum/9', { by: 'c' }),
    ]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'log.wrong-expected-version', details: { stream: 'note/9' } } },
      { status: 'fulfilled' },
    ]);
    expect((await handler.load(sums, 'sum/9')).state.by).toEqual(['a', 'c']);
  });

  it('brings many streams to the log at once', async () => {
    const handler = new CommandHandler(log, 'spec');
    const streams = Array.from({ length: 300 }, (_, index) => `many/${index}`);
    await Promise.all(
      streams.flatMap((stream) => names('n', 3).map((command) => handler.handle(sums, stream, command))),
    );
    const loaded = await Promise.all(streams.map((stream) => handler.load(sums, stream)));
    expect(loaded.map(({ sequence }) => sequence)).toEqual(streams.map(() => 3));
  });
});
