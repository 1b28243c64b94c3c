import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, unitOf } from '../../test/notes.js';
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

describe('Timers of streams that have none', () => {
  it('are set for one, or for all of some categories; any other timer stays', async () => {
    const timer = { queue: 'kept', waitsFor: 'configuration/retention' };
    const streams = Array.from({ length: 1200 }, (_, index) => `series/${index}`);
    const part = (stream: string) => ({ stream, expected: 'any', events: [note('x')] }) as const;
    await log.append(unitOf(...streams.map(part)));
    await log.append(unitOf(...['job/1', 'jobs/1', 'study/1'].map(part)));
    const busy = { stream: 'series/busy', expected: 'any', events: [note('x')] } as const;
    await log.append(unitOf({ ...busy, timer: { queue: 'quiet', afterMs: 60_000 } }));
    await log.timers.arm('series/7', { ...timer, afterMs: 60_000 });
    await log.timers.arm('series/busy', { ...timer, afterMs: 0 });
    const queues = async () => (await log.timers.queues('')).map(({ queue, waiting, due }) => [queue, waiting, due]);
    expect(await queues()).toEqual([
      ['kept', 1, 0],
      ['quiet', 1, 0],
    ]);
    for (const _time of [1, 2]) await log.timers.armAll(['series', 'job'], timer);
    expect(await queues()).toEqual([
      ['kept', 1201, 1200],
      ['quiet', 1, 0],
    ]);
    expect(await log.timers.queues('kept')).toHaveLength(1);
  });

  it('are set while appends set them as well: neither waits for the other for ever', async () => {
    const streams = Array.from({ length: 40 }, (_, index) => `both/${index}`);
    const part = (timer: { queue: string; afterMs: number } | null) => (stream: string) =>
      ({ stream, expected: 'any', events: [note('x')], timer }) as const;
    for (let round = 0; round < 20; round++)
      await Promise.all([
        log.append(unitOf(...streams.toReversed().map(part(round % 2 ? null : { queue: 'own', afterMs: 0 })))),
        ...[log, other].map((each) => each.timers.armAll(['both'], { queue: 'kept', waitsFor: 'w' })),
      ]);
    await log.timers.armAll(['both'], { queue: 'kept', waitsFor: 'w' });
    expect((await log.timers.queues('')).reduce((sum, { waiting }) => sum + waiting, 0)).toBe(40);
  });
});
