import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankComments } from './blank-comments.js';

const segment = (marker: number, words: string): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(words.length + 2, 2);
  return Buffer.concat([head, Buffer.from(words, 'latin1')]);
};
const bytes = (...parts: readonly (Buffer | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))));

describe('the header of a compressed frame', () => {
  it('of JPEG has no words any more, and all else as it was', () => {
    const frame = (one: string, other: string): Buffer =>
      bytes(
        [0xff, 0xd8],
        segment(0xe0, 'JFIF'),
        segment(0xfe, one),
        segment(0xe1, other),
        segment(0xda, 'Doe'),
        [1, 2],
      );
    expect(blankComments(frame('Doe^Jane', 'Exif Doe')).equals(frame('        ', '        '))).toBe(true);
  });

  it('of JPEG 2000 has no words any more, and says still how they were written', () => {
    const frame = (words: string): Buffer =>
      bytes([0xff, 0x4f], segment(0x51, 'SIZ'), segment(0x64, `\0\u0001${words}`), segment(0x90, 'Doe'));
    expect(blankComments(frame('Doe^Jane')).equals(frame('        '))).toBe(true);
  });

  it('is as long as before, whatever it is', () => {
    const start = fc.constantFrom([0xff, 0xd8], [0xff, 0x4f], [0, 0]);
    fc.assert(
      fc.property(start, fc.array(fc.constantFrom(0xff, 0xfe, 0x64, 0, 1, 5)), (first, rest) => {
        const frame = Buffer.from([...first, ...rest]);
        expect(blankComments(frame).length).toBe(frame.length);
        if (first[0] === 0) expect(blankComments(frame)).toBe(frame);
      }),
    );
  });
});
