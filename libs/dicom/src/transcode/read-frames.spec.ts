import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../test/rewrite.js';
import { ByteSource } from './byte-source.js';
import { readFrames } from './read-frames.js';

const item = (value: Buffer, tag = 'feff00e0'): Buffer => {
  const header = Buffer.concat([Buffer.from(tag, 'hex'), Buffer.alloc(4)]);
  header.writeUInt32LE(value.length, 4);
  return Buffer.concat([header, value]);
};
const end = item(Buffer.alloc(0), 'feffdde0');
const table = (...offsets: readonly number[]): Buffer =>
  item(
    Buffer.concat(
      offsets.map((offset) => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32LE(offset);
        return bytes;
      }),
    ),
  );
const jpeg = (rest: string): Buffer => Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.from(rest)]);
const jpeg2000 = (rest: string): Buffer => Buffer.concat([Buffer.from('ff4fff51', 'hex'), Buffer.from(rest)]);
const plain = (rest: string): Buffer => Buffer.from(rest);

const framesOf = async (frames: number, parts: readonly Buffer[], limit = 1000): Promise<readonly string[]> => {
  const bytes = Buffer.concat(parts);
  const found: string[] = [];
  for (const cuts of [[], [3, 9, 14, 15, 30]]) {
    found.length = 0;
    for await (const frame of readFrames(new ByteSource(piecesOf(bytes, cuts)), frames, limit))
      found.push(frame.toString('latin1').replace(/[^a-z]/g, ''));
  }
  return found;
};

describe('readFrames', () => {
  it.each([
    ['one frame of several fragments', 1, [item(plain('')), item(plain('ab')), item(plain('cd')), end], ['abcd']],
    ['one image of several fragments', 1, [item(plain('')), item(jpeg('a')), item(plain('bcd')), end], ['abcd']],
    ['frames of a fragment each', 2, [item(plain('')), item(plain('ab')), item(plain('cd')), end], ['ab', 'cd']],
    [
      'images that begin as JPEG does',
      2,
      [item(plain('')), item(jpeg('a')), item(plain('bc')), item(jpeg('d')), end],
      ['abc', 'd'],
    ],
    [
      'images that begin as JPEG 2000 does',
      2,
      [item(plain('')), item(jpeg2000('a')), item(jpeg2000('b')), item(plain('cd')), end],
      ['a', 'bcd'],
    ],
    [
      'what the offset table says',
      2,
      [table(0, 20), item(plain('ab')), item(plain('cd')), item(plain('ef')), end],
      ['abcd', 'ef'],
    ],
    [
      'fragments where the offset table makes no sense',
      2,
      [table(20, 0), item(plain('ab')), item(plain('cd')), end],
      ['ab', 'cd'],
    ],
    ['one frame, whatever the offset table says', 1, [table(0), item(plain('ab')), item(plain('cd')), end], ['abcd']],
  ] as const)('finds %s', async (_what, frames, parts, expected) => {
    expect(await framesOf(frames, parts)).toEqual(expected);
  });

  it.each([
    [
      'fewer frames than there should be',
      3,
      [item(plain('')), item(plain('ab')), item(plain('cd')), end],
      'dicom.malformed',
    ],
    [
      'more images than there should be',
      1,
      [item(plain('')), item(jpeg('a')), item(jpeg('b')), end],
      'dicom.malformed',
    ],
    [
      'an offset table that misses the fragments',
      2,
      [table(0, 12), item(plain('ab')), item(plain('cd')), end],
      'dicom.malformed',
    ],
    ['no fragment', 1, [item(plain('')), end], 'dicom.malformed'],
    ['nothing at all', 1, [end], 'dicom.malformed'],
    ['an element among the fragments', 1, [item(plain('')), item(plain('ab'), '10001000'), end], 'dicom.malformed'],
    [
      'a fragment of undefined length',
      1,
      [item(plain('')), Buffer.from('feff00e0ffffffff', 'hex'), end],
      'dicom.malformed',
    ],
    ['no end', 1, [item(plain('')), item(plain('ab'))], 'dicom.truncated'],
    ['a fragment that is cut', 1, [item(plain('')), item(plain('abcd')).subarray(0, 10)], 'dicom.truncated'],
    [
      'a frame that is longer than allowed',
      1,
      [item(plain('')), item(Buffer.alloc(600)), item(Buffer.alloc(600)), end],
      'dicom.limit-exceeded',
    ],
  ] as const)('refuses %s', async (_what, frames, parts, code) => {
    await expect(framesOf(frames, parts)).rejects.toMatchObject({ code });
  });
});
