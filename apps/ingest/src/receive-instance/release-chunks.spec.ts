import { describe, expect, it } from 'vitest';
import { releaseChunks } from './release-chunks.js';

const canTransfer = 'transfer' in ArrayBuffer.prototype;
const memory = (): Buffer => Buffer.from(new ArrayBuffer(65_536));

describe('releaseChunks', () => {
  it('gives every piece of memory back but the last, each once', () => {
    const [first, second, last] = [memory(), memory(), memory()];
    releaseChunks([first.subarray(0, 100), first.subarray(100), second, last.subarray(0, 10)]);
    expect([first, second].map(({ buffer }) => buffer.byteLength)).toEqual(canTransfer ? [0, 0] : [65_536, 65_536]);
    expect(last.buffer.byteLength).toBe(65_536);
  });

  it('leaves the memory alone in which the next message may begin', () => {
    const shared = memory();
    releaseChunks([shared.subarray(0, 100), shared.subarray(100, 200)]);
    expect(shared.buffer.byteLength).toBe(65_536);
  });

  it('has nothing to do with nothing', () => {
    expect(() => releaseChunks([])).not.toThrow();
  });
});
