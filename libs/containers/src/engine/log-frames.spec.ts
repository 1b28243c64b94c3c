import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogFrames } from './log-frames.js';

const frame = (stream: number, content: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head[0] = stream;
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
};

describe('LogFrames', () => {
  it('finds what was written, whatever pieces it comes in', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 });
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 13 }), (written, size) => {
        const bytes = Buffer.concat(written.map((content, index) => frame(1 + (index % 2), content)));
        const seen: Uint8Array[] = [];
        const frames = new LogFrames((content) => seen.push(Buffer.from(content)));
        for (let at = 0; at < bytes.length; at += size) frames.push(bytes.subarray(at, at + size));
        expect(Buffer.concat(seen)).toEqual(Buffer.concat(written));
      }),
    );
  });
});
