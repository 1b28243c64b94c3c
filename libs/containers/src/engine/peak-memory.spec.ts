import { describe, expect, it } from 'vitest';
import { memoryIn } from './peak-memory.js';

describe('memoryIn', () => {
  it.each([
    ['what the kernel recorded', { memory_stats: { usage: 5, max_usage: 9 } }, 9],
    ['what is used now', { memory_stats: { usage: 5 } }, 5],
    ['it without files that can be dropped', { memory_stats: { usage: 5, stats: { inactive_file: 2 } } }, 3],
    ['nothing of a container that is gone', {}, 0],
    ['nothing of no answer', undefined, 0],
  ])('is %s', (_, answer, bytes) => {
    expect(memoryIn(answer)).toBe(bytes);
  });
});
