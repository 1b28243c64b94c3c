import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_SEAL, sealHash } from './seal-hash.js';
import { sealLeaf } from './seal-leaf.js';

const sha256 = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');

describe('sealHash', () => {
  it('covers the seal before, the root and the range, 80 bytes in all', () => {
    const root = 'ab'.repeat(32);
    expect(sealHash({ previous: NO_SEAL, root, from: 1, to: 4096 })).toBe(
      sha256(`${'00'.repeat(32)}${root}00000000000000010000000000001000`),
    );
  });
});

describe('sealLeaf', () => {
  it('covers position, sequence, recorded time and hash of an event, 53 bytes in all', () => {
    const leaf = sealLeaf({
      position: 2 ** 40 + 7,
      sequence: 258,
      recordedtime: '1970-01-01T00:00:01.000Z',
      hash: Buffer.alloc(32, 0xcd),
    });
    expect(leaf.toString('hex')).toBe(
      sha256(`00 0000010000000007 00000102 00000000000003e8 ${'cd'.repeat(32)}`.replaceAll(' ', '')),
    );
  });
});
