import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataPacker } from './data-packer.js';

const chunks = fc.array(
  fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
  { maxLength: 12 },
);
const capacity = fc.integer({ min: 1, max: 150 }).map((half) => 2 * half);

const even = (bytes: Buffer): Buffer => (bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]));

const pack = (all: readonly Buffer[], size: number): Buffer[] => {
  const packer = new DataPacker(5, size, Buffer.from('command'));
  const pdus: Buffer[] = [];
  for (const chunk of all) {
    for (const parts of packer.add(chunk)) pdus.push(Buffer.concat(parts));
  }
  return [...pdus, Buffer.concat(packer.end())];
};

describe('the data packer', () => {
  it('sends the command first and every byte in order, in full PDUs, the last one marked and even', () => {
    fc.assert(
      fc.property(chunks, capacity, (all, size) => {
        const pdus = pack(all, size);
        expect(pdus[0]?.toString('latin1', 0, 7)).toBe('command');
        const bare = pdus.map((pdu, index) => (index === 0 ? pdu.subarray(7) : pdu));
        expect(Buffer.concat(bare.map((pdu) => pdu.subarray(12)))).toEqual(even(Buffer.concat(all)));
        for (const [index, pdu] of bare.entries()) {
          const last = index === bare.length - 1;
          expect([pdu.readUInt8(0), pdu.readUInt32BE(2), pdu.readUInt32BE(6)]).toEqual([
            4,
            pdu.length - 6,
            pdu.length - 10,
          ]);
          expect([pdu.readUInt8(10), pdu.readUInt8(11)]).toEqual([5, last ? 2 : 0]);
          if (!last) expect(pdu.length).toBe(size + 12);
        }
      }),
    );
  });

  it('sends views of what it is given', () => {
    const chunk = Buffer.alloc(100, 1);
    const [parts] = [...new DataPacker(1, 50, Buffer.alloc(0)).add(chunk)];
    expect(parts?.at(-1)?.buffer).toBe(chunk.buffer);
  });
});
