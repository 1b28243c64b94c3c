import { describe, expect, it } from 'vitest';
import { checkExit } from './check-exit.js';

const module = { memoryMegabytes: 64 };

describe('checkExit', () => {
  it('has nothing to say of a container that ended well', () => {
    expect(() => checkExit(module, 0, false)).not.toThrow();
  });

  it.each([
    [1, false, 'container.exit-code'],
    [137, false, 'container.killed'],
    [137, true, 'container.out-of-memory'],
    [0, true, 'container.out-of-memory'],
  ])('tells what exit code %d is (out of memory: %s): %s', (exitCode, outOfMemory, code) => {
    expect(() => checkExit(module, exitCode, outOfMemory)).toThrow(expect.objectContaining({ code }));
  });
});
