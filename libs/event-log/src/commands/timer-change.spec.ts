import { describe, expect, it } from 'vitest';
import { timerChange } from './timer-change.js';

const now = '2026-01-31T12:00:00.000Z';
const before = { queue: 'quiet', since: '2026-01-31T11:00:00.000Z', afterMs: 1_000 };

describe('timerChange', () => {
  it('leaves a timer alone that is due as before', () => {
    expect(timerChange(before, { ...before }, now)).toBeUndefined();
    expect(timerChange(undefined, undefined, now)).toBeUndefined();
  });

  it('clears the timer when nothing is due any more', () => {
    expect(timerChange(before, undefined, now)).toBeNull();
  });

  it('counts from the time of this append when the state does', () => {
    expect(timerChange(before, { ...before, since: now }, now)).toEqual({ queue: 'quiet', afterMs: 1_000 });
  });

  it('says anew what is urgent or waits for something else than before', () => {
    const held = { ...before, urgent: true, waitsFor: 'configuration' };
    expect(timerChange(before, held, now)).toEqual(held);
    expect(timerChange(held, { ...held }, now)).toBeUndefined();
    expect(timerChange(held, { ...held, waitsFor: 'delivery/1' }, now)).toEqual({ ...held, waitsFor: 'delivery/1' });
    expect(timerChange(held, before, now)).toEqual(before);
  });

  it('counts from an earlier event when only the delay or the queue changes', () => {
    expect(timerChange(before, { ...before, afterMs: 5_000 }, now)).toEqual({ ...before, afterMs: 5_000 });
    expect(timerChange(undefined, before, now)).toEqual(before);
  });
});
