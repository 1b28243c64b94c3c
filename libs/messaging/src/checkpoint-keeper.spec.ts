import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CheckpointKeeper } from './checkpoint-keeper.js';

const silent = { warn: () => {}, error: () => {}, log: () => {} };

/** Checkpoints in memory that can be out of reach. */
class Kept {
  away = false;
  readonly written: number[] = [];

  set = (_name: string, position: number): Promise<void> => {
    if (this.away) return Promise.reject(new Error('the log is away'));
    this.written.push(position);
    return Promise.resolve();
  };
}

const keeperOf = (kept: Kept): CheckpointKeeper => new CheckpointKeeper(kept, 'bus/test', 0, silent);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('CheckpointKeeper', () => {
  it('writes the last of many positions', async () => {
    const kept = new Kept();
    const keeper = keeperOf(kept);
    for (const position of [1, 2, 3]) keeper.note(position);
    await vi.advanceTimersByTimeAsync(200);
    expect(kept.written).toEqual([3]);
  });

  it('writes a position that could not be written when the log is there again, though nothing follows it', async () => {
    const kept = new Kept();
    const keeper = keeperOf(kept);
    kept.away = true;
    keeper.note(7);
    await vi.advanceTimersByTimeAsync(3_000);
    kept.away = false;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(kept.written).toEqual([7]);
  });

  it('writes once more when it is closed, and then no more', async () => {
    const kept = new Kept();
    const keeper = keeperOf(kept);
    keeper.note(7);
    await keeper.close();
    kept.away = true;
    keeper.note(8);
    await keeper.close();
    kept.away = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kept.written).toEqual([7]);
  });
});
