import { instantAfter } from '@waystation/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, unit, unitOf } from '../../test/notes.js';
import type { TimerSetting } from '../append/append-unit.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
let log: EventLog;
let other: EventLog;
beforeAll(async () => {
  fresh = await freshLog();
  log = await fresh.open();
  other = await fresh.open();
});
beforeEach(() => fresh.admin.query('delete from log.timer'));
afterAll(() => fresh[Symbol.asyncDispose]());

const set = (stream: string, timer: TimerSetting | null) =>
  log.append(unitOf({ stream, expected: 'any', events: [note('x')], timer }));
const claim = (by: EventLog, queue: string, leaseMs = 60_000, limit = 10) => by.timers.claim({ queue, limit, leaseMs });
const streamsOf = (timers: readonly { readonly stream: string }[]) => timers.map(({ stream }) => stream).toSorted();
const letLeasesRunOut = () =>
  fresh.admin.query(
    `update log.timer set claimed_until = clock_timestamp() - interval '1 s' where claimed_by is not null`,
  );

describe('Timers', () => {
  it('are due the given time after the append was recorded', async () => {
    const [event] = await set('s/1', { queue: 'q', afterMs: 90_000 });
    const [queue] = await log.timers.queues('q');
    expect(queue).toEqual({
      queue: 'q',
      waiting: 1,
      urgent: 0,
      due: 0,
      claimed: 0,
      nextDueAt: instantAfter(event?.recordedtime ?? '', 90_000),
    });
    expect(await claim(log, 'q')).toEqual([]);
  });

  it('can count from an earlier moment', async () => {
    await set('s/1', { queue: 'q', afterMs: 1_000, since: '2026-01-31T12:00:00.000Z' });
    expect(await claim(log, 'q')).toMatchObject([{ stream: 's/1', queue: 'q', dueAt: '2026-01-31T12:00:01.000Z' }]);
  });

  it('are one per stream: the last setting counts, and null clears it', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    await set('s/1', { queue: 'later', afterMs: 60_000 });
    expect((await log.timers.queues('')).map(({ queue }) => queue)).toEqual(['later']);
    await log.append(unit('s/1', 'any', 'untouched'));
    expect(await log.timers.queues('')).toHaveLength(1);
    await set('s/1', null);
    expect(await log.timers.queues('')).toEqual([]);
  });

  it('go to one claimant, and again to anybody when the lease has run out', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    await set('s/2', { queue: 'q', afterMs: 0 });
    expect(streamsOf(await claim(log, 'q'))).toEqual(['s/1', 's/2']);
    expect(await claim(other, 'q')).toEqual([]);
    expect(await log.timers.queues('q')).toMatchObject([{ waiting: 2, due: 0, claimed: 2, nextDueAt: null }]);
    await letLeasesRunOut();
    expect(await log.timers.queues('q')).toMatchObject([{ due: 2, claimed: 0 }]);
    expect(streamsOf(await claim(other, 'q'))).toEqual(['s/1', 's/2']);
  });

  it('are shared out without anybody waiting, when many claim at once', async () => {
    const streams = Array.from({ length: 60 }, (_, index) => `s/${index}`);
    await Promise.all(streams.map((stream) => set(stream, { queue: 'q', afterMs: 0 })));
    const claims = await Promise.all(
      Array.from({ length: 12 }, (_, index) => claim(index % 2 ? log : other, 'q', 60_000, 7)),
    );
    const rest = await claim(log, 'q', 60_000, 60);
    expect(streamsOf([...claims.flat(), ...rest])).toEqual(streams.toSorted());
  });

  it('are held only so many at the same time, however many claim at once', async () => {
    const streams = Array.from({ length: 12 }, (_, index) => `s/${index}`);
    await Promise.all(streams.map((stream) => set(stream, { queue: 'q', afterMs: 0 })));
    const bounded = (by: EventLog) => by.timers.claim({ queue: 'q', limit: 5, leaseMs: 60_000, mostHeld: 3 });
    const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => bounded(index % 2 ? log : other)));
    expect(claims.flat()).toHaveLength(3);
    expect(await bounded(log)).toEqual([]);
    await log.append(unitOf({ stream: claims.flat()[0]?.stream ?? '', expected: 'any', events: [], timer: null }));
    expect(await bounded(other)).toHaveLength(1);
  });

  it('that another transaction holds are skipped', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    await set('s/2', { queue: 'q', afterMs: 0 });
    await fresh.admin.query('begin');
    await fresh.admin.query(`select 1 from log.timer where stream_id = 's/1' for update`);
    expect(streamsOf(await claim(log, 'q'))).toEqual(['s/2']);
    await fresh.admin.query('rollback');
  });

  it('are claimed by queue, and listed by the beginning of its name', async () => {
    await set('s/1', { queue: 'deliver/pacs', afterMs: 0 });
    await set('s/2', { queue: 'deliver/pacs2', afterMs: 0 });
    await set('s/3', { queue: 'deliverance', afterMs: 0 });
    expect(streamsOf(await claim(log, 'deliver/pacs'))).toEqual(['s/1']);
    expect(await claim(log, 'deliver')).toEqual([]);
    expect(await claim(log, 'd%')).toEqual([]);
    expect((await log.timers.queues('deliver/')).map(({ queue }) => queue)).toEqual(['deliver/pacs', 'deliver/pacs2']);
  });

  it('name the queues in which something can be claimed now', async () => {
    await set('s/1', { queue: 'a/1', afterMs: 0 });
    await set('s/2', { queue: 'a/1', afterMs: 0, urgent: true });
    await set('s/3', { queue: 'a/2', afterMs: 60_000 });
    await set('s/4', { queue: 'a/Größe', afterMs: 0, urgent: true });
    await set('s/5', { queue: 'b', afterMs: 0 });
    expect(await log.timers.dueQueues('a/')).toEqual(['a/1', 'a/Größe']);
    expect(await log.timers.dueQueues('')).toEqual(['a/1', 'a/Größe', 'b']);
    expect(await log.timers.dueQueues('c')).toEqual([]);
    await claim(log, 'a/1');
    expect(await log.timers.dueQueues('a/1')).toEqual([]);
    await letLeasesRunOut();
    expect(await log.timers.dueQueues('a/1')).toEqual(['a/1']);
  });

  it('stay claimed when the claim is extended, as long as it is ours', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    await claim(log, 'q', 1);
    expect(await log.timers.extend('s/1', 60_000)).toBe(true);
    expect(await claim(other, 'q')).toEqual([]);
    expect(await other.timers.extend('s/1', 60_000)).toBe(false);
    await letLeasesRunOut();
    await claim(other, 'q');
    expect(await log.timers.extend('s/1', 60_000)).toBe(false);
    expect(await log.timers.extend('s/none', 60_000)).toBe(false);
  });

  it('void a claim when an append sets or clears them', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    await claim(log, 'q');
    await set('s/1', { queue: 'q', afterMs: 0 });
    expect(await log.timers.extend('s/1', 60_000)).toBe(false);
    await log.timers.rearm('s/1', '2099-01-01T00:00:00.000Z');
    expect(streamsOf(await claim(other, 'q'))).toEqual(['s/1']);
  });

  it('are given back with a new due time', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    await claim(log, 'q');
    await log.timers.rearm('s/1', '2099-01-01T00:00:00.000Z');
    expect(await log.timers.queues('q')).toEqual([
      { queue: 'q', waiting: 1, urgent: 0, due: 0, claimed: 0, nextDueAt: '2099-01-01T00:00:00.000Z' },
    ]);
  });

  it('are removed by whoever holds them, and by nobody else', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    const [claimed] = await claim(log, 'q');
    const claimedAt = claimed?.claimedAt ?? '';
    await other.timers.discard('s/1', claimedAt);
    await log.timers.discard('s/1', '2026-01-31T12:00:00.000Z');
    expect(await log.timers.queues('q')).toMatchObject([{ waiting: 1, claimed: 1 }]);
    await log.timers.discard('s/1', claimedAt);
    expect(await log.timers.queues('q')).toEqual([]);
    await set('s/1', { queue: 'q', afterMs: 0 });
    await log.timers.discard('s/1', claimedAt);
    expect(await log.timers.queues('q')).toMatchObject([{ waiting: 1 }]);
  });

  it('that wait for a stream become due when something happens to it, also in the hands of whoever looked too early', async () => {
    await set('s/1', { queue: 'held', afterMs: 60_000, waitsFor: 'configuration' });
    await set('s/2', { queue: 'held', afterMs: 0, waitsFor: 'configuration' });
    await set('s/3', { queue: 'held', afterMs: 60_000, waitsFor: 'delivery/1' });
    expect(streamsOf(await claim(log, 'held'))).toEqual(['s/2']);
    await log.timers.wake('configuration');
    await log.timers.rearm('s/2', '2099-01-01T00:00:00.000Z');
    expect(streamsOf(await claim(other, 'held'))).toEqual(['s/1', 's/2']);
    await log.timers.wake('delivery/2');
    expect(await claim(other, 'held')).toEqual([]);
    await set('s/3', { queue: 'held', afterMs: 60_000 });
    await log.timers.wake('delivery/1');
    expect(await claim(other, 'held')).toEqual([]);
  });

  it('that wait for a stream are woken while appends set them: neither waits for the other for ever', async () => {
    const streams = Array.from({ length: 40 }, (_, index) => `s/${index}`);
    const timer = { queue: 'held', afterMs: 60_000, waitsFor: 'configuration' };
    const part = (stream: string) => ({ stream, expected: 'any', events: [note('x')], timer }) as const;
    await log.append(unitOf(...streams.map(part)));
    for (let round = 0; round < 20; round++)
      await Promise.all([
        log.append(unitOf(...streams.toReversed().map(part))),
        other.timers.wake('configuration'),
        log.timers.wake('configuration'),
      ]);
    await log.timers.wake('configuration');
    expect(await claim(log, 'held', 60_000, 100)).toHaveLength(40);
  });

  it('that wait for a word are woken by parts, also those in the hands of whoever looked too early', async () => {
    const streams = Array.from({ length: 30 }, (_, index) => `s/${index}`);
    const timer = { queue: 'kept', afterMs: 60_000, waitsFor: 'configuration/retention' };
    for (const stream of streams) await set(stream, timer);
    await set('s/early', { ...timer, afterMs: 0 });
    await set('s/other', { ...timer, waitsFor: 'configuration' });
    expect(streamsOf(await claim(log, 'kept'))).toEqual(['s/early']);
    await log.timers.wakeByParts('configuration/retention');
    await log.timers.rearm('s/early', '2099-01-01T00:00:00.000Z');
    expect(streamsOf(await claim(other, 'kept', 60_000, 100))).toEqual([...streams, 's/early'].toSorted());
  });

  it('are rebuilt from the log; of streams that have grown since, only those that are missing', async () => {
    await set('s/1', { queue: 'wrong', afterMs: 0 });
    await set('s/2', { queue: 'gone', afterMs: 0 });
    const { position: through } = await log.head();
    await set('s/3', { queue: 'new', afterMs: 0 });
    const dueAt = '2026-01-31T12:00:00.000Z';
    const rebuilt = async function* () {
      yield { stream: 's/1', queue: 'right', dueAt };
      yield { stream: 's/3', queue: 'old', dueAt };
    };
    await log.timers.replaceAll(rebuilt(), { through });
    expect((await log.timers.queues('')).map(({ queue }) => queue)).toEqual(['new', 'right']);
    await fresh.admin.query('delete from log.timer');
    await log.timers.replaceAll(rebuilt(), { through });
    expect((await log.timers.queues('')).map(({ queue }) => queue)).toEqual(['old', 'right']);
    await log.timers.replaceAll([{ stream: 's/9', queue: 'only', dueAt }]);
    expect((await log.timers.queues('')).map(({ queue }) => queue)).toEqual(['only']);
  });

  it('are rebuilt with what makes them urgent and what they wait for', async () => {
    const dueAt = '2099-01-01T00:00:00.000Z';
    await log.timers.replaceAll([{ stream: 's/1', queue: 'q', dueAt, urgent: true, waitsFor: 'configuration' }]);
    expect(await log.timers.queues('')).toMatchObject([{ queue: 'q', waiting: 1, urgent: 1, due: 0 }]);
    await log.timers.wake('configuration');
    expect(await claim(log, 'q')).toMatchObject([{ stream: 's/1', urgent: true }]);
  });

  it('stay with whoever holds them where the log asks for them, too', async () => {
    await set('s/1', { queue: 'q', afterMs: 0 });
    expect(streamsOf(await claim(log, 'q'))).toEqual(['s/1']);
    await log.timers.replaceAll([{ stream: 's/1', queue: 'q', dueAt: '2026-01-31T12:00:00.000Z' }]);
    expect(streamsOf(await claim(other, 'q'))).toEqual([]);
    expect(await log.timers.extend('s/1', 60_000)).toBe(true);
  });
});
