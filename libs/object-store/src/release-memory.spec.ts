import { expect, it } from 'vitest';
import { releaseMemory } from './release-memory.js';

it.skipIf(!('transfer' in ArrayBuffer.prototype))('gives back the memory of bytes that have it for themselves', () => {
  const bytes = Buffer.alloc(10_000, 7);
  releaseMemory(bytes);
  expect(bytes.length).toBe(0);
});

it('leaves memory alone that others use', () => {
  const whole = Buffer.alloc(10_000, 7);
  releaseMemory(whole.subarray(0, 5000));
  expect(whole.every((byte) => byte === 7)).toBe(true);
  const pooled = [Buffer.from('a'), Buffer.from('b')];
  for (const bytes of pooled) releaseMemory(bytes);
  expect(pooled.map(String)).toEqual(['a', 'b']);
});
