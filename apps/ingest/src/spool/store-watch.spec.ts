import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreWatch } from './store-watch.js';

const said: string[] = [];
const say = (sentence: string): number => said.push(sentence);
let watch: StoreWatch;
beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  watch = new StoreWatch({ log: say, warn: say }, () => '3 objects wait in the spool');
});
afterEach(() => vi.useRealTimers());

const failFor = (seconds: number): void => {
  for (let second = 0; second <= seconds; second++) {
    watch.failed(new Error('connect ECONNREFUSED'));
    vi.advanceTimersByTime(1000);
  }
};

describe('Who watches the object store', () => {
  it('says once that it is away, and that it is back, with what waits', () => {
    failFor(30);
    expect(said).toEqual([
      'objects cannot be moved to the object store since 10 s: connect ECONNREFUSED; 3 objects wait in the spool',
    ]);
    watch.worked();
    watch.worked();
    expect(said[1]).toBe('objects move to the object store again, after 31 s; 3 objects wait in the spool');
    expect(said).toHaveLength(2);
  });

  it('says nothing of what is over at once', () => {
    failFor(2);
    watch.worked();
    failFor(2);
    expect(said).toEqual([]);
  });

  it('waits longer after each failure, up to a bound, and not at all when it works', () => {
    expect(watch.pauseMs).toBe(0);
    const pauses = Array.from({ length: 20 }, () => {
      watch.failed(new Error('away'));
      return watch.pauseMs;
    });
    expect(pauses[0]).toBeLessThan(1000);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(5000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(7500);
    watch.worked();
    expect(watch.pauseMs).toBe(0);
  });
});
