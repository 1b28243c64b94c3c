import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Paced } from './paced.js';

let done: number[];
let paced: Paced;
beforeEach(() => {
  vi.useFakeTimers();
  done = [];
  paced = new Paced(5, () => done.push(performance.now()));
});
afterEach(() => {
  vi.useRealTimers();
});

it('acts at once where it rested', () => {
  paced.ask();
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(100);
  expect(done).toHaveLength(1);
});

it('acts once for all that ask while it has to rest, and then', () => {
  const begun = performance.now();
  paced.ask();
  for (let asked = 0; asked < 10; asked++) paced.ask();
  expect(done).toHaveLength(1);
  vi.advanceTimersByTime(5);
  expect(done).toEqual([begun, begun + 5]);
  vi.advanceTimersByTime(100);
  expect(done).toHaveLength(2);
});

it('acts at most once in its interval, however often it is asked, and after the last of them', () => {
  for (let asked = 0; asked < 1000; asked++) {
    paced.ask();
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(5);
  expect(done).toHaveLength(201);
  const last = done.at(-1) ?? 0;
  paced.ask();
  expect(done.at(-1)).toBeGreaterThan(last);
});

it('does nothing more once it is closed', () => {
  paced.ask();
  paced.ask();
  paced.close();
  vi.advanceTimersByTime(100);
  expect(done).toHaveLength(1);
});
