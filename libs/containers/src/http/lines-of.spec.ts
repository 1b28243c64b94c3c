import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOf } from './lines-of.js';

const allOf = async (lines: AsyncIterable<string>): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

it('has the same lines wherever the pieces end', async () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => text.trim() !== '' && !/[\r\n]/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 5 }), async (lines, size) => {
      const bytes = Buffer.from(lines.join('\n'));
      const count = Math.ceil(bytes.length / size);
      const pieces = Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(await allOf(linesOf(Readable.from(pieces)))).toEqual(lines);
    }),
  );
});

it('tells that an answer broke off, and ends one that nobody wants any more', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.from('one\n');
      throw new Error('aborted');
    })(),
  );
  await expect(allOf(linesOf(broken))).rejects.toThrow('aborted');
  const endless = new Readable({ read() {} });
  endless.push('one\n');
  for await (const line of linesOf(endless)) {
    expect(line).toBe('one');
    break;
  }
  expect(endless.destroyed).toBe(true);
});
