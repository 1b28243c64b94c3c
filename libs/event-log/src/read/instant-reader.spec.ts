import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InstantReader } from './instant-reader.js';

const bytesOf = (microseconds: bigint): Buffer => {
  const bytes = Buffer.alloc(11);
  bytes.writeBigInt64BE(microseconds, 3);
  return bytes;
};
const EPOCH = BigInt(Date.UTC(2000, 0, 1));

it('reads any instant as ISO 8601 writes it, whatever was read before', () => {
  const reader = new InstantReader();
  const date = fc.date({ min: new Date('0001-01-01Z'), max: new Date('9999-12-31Z'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.array(date), (dates) => {
      for (const one of dates) {
        const microseconds = (BigInt(one.getTime()) - EPOCH) * 1000n;
        expect(reader.read(bytesOf(microseconds), 3)).toBe(one.toISOString());
      }
    }),
  );
});

it('takes what no calendar has for what it is', () => {
  expect(new InstantReader().read(bytesOf(2n ** 63n - 1n), 3)).toMatch(/^infinity/);
  expect(new InstantReader().read(bytesOf(-(2n ** 63n)), 3)).toMatch(/^infinity/);
});
