import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, unitOf } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';

let fresh: FreshLog;
beforeAll(async () => {
  fresh = await freshLog();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const since = '2026-01-31T12:00:00.000Z';
const queue = 'q';

/** One timer each, in the order in which they wait: the one with the lowest number longest. */
const wait = async (log: EventLog, urgent: readonly boolean[]): Promise<void> => {
  await fresh.admin.query('delete from log.timer');
  const parts = urgent.map((isUrgent, index) => ({
    stream: `s/${index}`,
    expected: 'any' as const,
    events: [note('x')],
    timer: { queue, since, afterMs: index, urgent: isUrgent },
  }));
  if (parts.length > 0) await log.append(unitOf(...parts));
};
const claim = async (log: EventLog, limit: number): Promise<readonly number[]> =>
  (await log.timers.claim({ queue, limit, leaseMs: 60_000 })).map(({ stream }) => Number(stream.slice(2)));
/** A log of its own has claimed nothing yet. */
const withLog = async <Result>(use: (log: EventLog) => Promise<Result>): Promise<Result> => {
  const log = await fresh.open();
  try {
    return await use(log);
  } finally {
    await log.close();
  }
};

/** Who is served one after another: after two urgent ones in a row, one of the others. */
const inOrder = (urgent: readonly boolean[]): readonly number[] => {
  const numbersOf = (wanted: boolean) => urgent.flatMap((isUrgent, index) => (isUrgent === wanted ? [index] : []));
  const [first, others] = [numbersOf(true), numbersOf(false)];
  const order: number[] = [];
  for (let run = 0; order.length < urgent.length;) {
    const takesUrgent = others.length === 0 || (first.length > 0 && run < 2);
    order.push((takesUrgent ? first : others).shift() ?? -1);
    run = takesUrgent ? run + 1 : 0;
  }
  return order;
};

const mixes = fc.array(fc.boolean(), { maxLength: 14 });

describe('Urgent timers', () => {
  it('go before the others, of which every third one is', async () => {
    const urgent = [false, false, true, true, true, true, true];
    await withLog(async (log) => {
      await wait(log, urgent);
      expect(await claim(log, 7)).toEqual([2, 3, 0, 4, 5, 1, 6]);
    });
  });

  it('are counted from one claim to the next, however many each takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        mixes,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 14, maxLength: 14 }),
        (urgent, limits) =>
          withLog(async (log) => {
            await wait(log, urgent);
            const order: number[] = [];
            for (const limit of limits) order.push(...(await claim(log, limit)));
            expect(order).toEqual(inOrder(urgent));
          }),
      ),
      { numRuns: 25 },
    );
  });

  it('starve nobody where several claimants take turns: a third of what they take are others while any wait', async () => {
    const urgent = Array.from({ length: 60 }, (_, index) => index % 6 !== 0);
    await withLog((one) =>
      withLog(async (two) => {
        await wait(one, urgent);
        const order: number[] = [];
        for (let turn = 0; turn < 30; turn++) order.push(...(await claim(turn % 2 === 0 ? one : two, 1)));
        expect(order.filter((index) => urgent[index] === false)).toEqual([0, 6, 12, 18, 24, 30, 36, 42, 48, 54]);
      }),
    );
  });

  it('and the others go to one claimant each, also where several ask at the same time', async () => {
    const urgent = Array.from({ length: 60 }, (_, index) => index % 4 !== 0);
    await withLog((one) =>
      withLog(async (two) => {
        await wait(one, urgent);
        const taken = await Promise.all(
          Array.from({ length: 30 }, (_, index) => claim(index % 2 === 0 ? one : two, 2)),
        );
        const all = [...taken.flat(), ...(await claim(one, 60))];
        expect(all.toSorted((a, b) => a - b)).toEqual(urgent.map((_, index) => index));
      }),
    );
  });

  it('that come late overtake what waits', async () => {
    await withLog(async (log) => {
      await wait(log, [false, false, false]);
      expect(await claim(log, 1)).toEqual([0]);
      await log.append(
        unitOf({ stream: 's/9', expected: 'any', events: [note('x')], timer: { queue, afterMs: 0, urgent: true } }),
      );
      expect(await claim(log, 3)).toEqual([9, 1, 2]);
    });
  });

  it('are found by an index, however many wait', async () => {
    await fresh.admin.query('delete from log.timer');
    await fresh.admin.query(
      `insert into log.timer (stream_id, queue, due_at, urgent)
        select 'many/' || n, 'lane/' || n % 20, now() - n * interval '1 s', n % 3 = 0 from generate_series(1, 20000) n`,
    );
    await fresh.admin.query('analyze log.timer');
    const { rows } = await fresh.admin.query<{ 'QUERY PLAN': string }>(
      `explain select stream_id from log.timer where queue = 'lane/7' and urgent = true and wake_at <= now()
        order by wake_at limit 1 for update skip locked`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('timer_queue_wake_at');
    expect(plan).not.toMatch(/Sort|Seq Scan/);
  });
});
