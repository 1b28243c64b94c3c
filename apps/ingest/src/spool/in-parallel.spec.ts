import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.js';

describe('Work in parallel', () => {
  it('answers in the order of the items, never with more under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, ++underWay);
      await delay(item % 3);
      underWay--;
      return item * 2;
    };
    const items = Array.from({ length: 20 }, (_, index) => index);
    expect(await inParallel(items, 4, work)).toEqual(items.map((item) => item * 2));
    expect(most).toBe(4);
    expect(await inParallel([], 4, work)).toEqual([]);
  });

  it('begins nothing more after a failure, and throws when what was under way has ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await delay(item === 1 ? 0 : 20);
      if (item === 1) throw new Error('the second failed');
      ended.push(item);
    };
    await expect(inParallel([0, 1, 2, 3, 4, 5], 3, work)).rejects.toThrow('the second failed');
    expect(begun).toEqual([0, 1, 2]);
    expect(ended).toEqual([0, 2]);
  });
});
