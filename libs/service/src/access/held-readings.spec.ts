import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Access } from './access.js';
import { HeldReadings } from './held-readings.js';

const by = (name: string, subject = 'series/1'): Access => ({
  kind: 'history',
  view: 'GET /api/series/:seriesInstanceUid/history',
  subject,
  reader: { kind: 'peer', name },
});
const at = (second: number) => new Date(Date.UTC(2026, 0, 31) + second * 1000).toISOString();

describe('HeldReadings', () => {
  it('hand out the first at once and what follows within a minute at its end, as one', () => {
    const held = new HeldReadings();
    held.add(by('huber'), at(0), 0);
    expect(held.take(0)).toMatchObject([{ times: 1, firstAt: at(0), lastAt: at(0) }]);
    for (const second of [1, 2, 3]) held.add(by('huber'), at(second), second * 1000);
    expect(held.take(59_999)).toEqual([]);
    expect(held.dueAt).toBe(60_000);
    expect(held.take(60_000)).toMatchObject([{ times: 3, firstAt: at(1), lastAt: at(3) }]);
  });

  it('keep readers and what they read apart', () => {
    const held = new HeldReadings();
    held.add(by('huber'), at(0), 0);
    held.add(by('keller'), at(0), 0);
    held.add(by('huber', 'series/2'), at(0), 0);
    expect(held.take(0)).toHaveLength(3);
  });

  it('hand out what waits when everything has to go', () => {
    const held = new HeldReadings();
    held.add(by('huber'), at(0), 0);
    held.take(0);
    held.add(by('huber'), at(1), 1000);
    expect(held.take(1000, 'all')).toMatchObject([{ times: 1 }]);
    expect([held.size, held.dueAt]).toEqual([0, undefined]);
  });

  it('take back what could not be written, with what came meanwhile', () => {
    const held = new HeldReadings();
    held.add(by('huber'), at(0), 0);
    const taken = held.take(0);
    held.add(by('huber'), at(5), 5000);
    held.putBack(taken);
    expect(held.take(5000)).toMatchObject([{ times: 2, firstAt: at(0), lastAt: at(5) }]);
  });

  it('count every reading once, however they come and are taken', () => {
    const step = fc.record({
      who: fc.constantFrom('huber', 'keller'),
      wait: fc.nat(90_000),
      then: fc.constantFrom('nothing', 'take', 'fail'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const held = new HeldReadings();
        let [now, written] = [0, 0];
        for (const { who, wait, then } of steps) {
          now += wait;
          held.add(by(who), at(0), now);
          if (then === 'nothing') continue;
          const taken = held.take(now);
          if (then === 'fail') held.putBack(taken);
          else written += taken.reduce((sum, { times }) => sum + times, 0);
        }
        written += held.take(now, 'all').reduce((sum, { times }) => sum + times, 0);
        expect(written).toBe(steps.length);
      }),
    );
  });
});
