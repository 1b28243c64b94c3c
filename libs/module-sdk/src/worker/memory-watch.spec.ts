import { expect, it } from 'vitest';
import { MemoryWatch } from './memory-watch.js';

it('knows of memory that is taken and given back before it looks', () => {
  const watch = new MemoryWatch();
  // More than this process ever had.
  const size = process.resourceUsage().maxRSS * 1024 + 16 * 1024 * 1024;
  expect(Buffer.alloc(size, 1).length).toBe(size);
  expect(watch.end()).toBeGreaterThanOrEqual(size);
});

it('says how much there was where nothing more was taken', () => {
  expect(new MemoryWatch().end()).toBeGreaterThan(1024 * 1024);
});
