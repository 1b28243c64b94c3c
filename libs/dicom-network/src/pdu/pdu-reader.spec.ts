import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDataHead, pdvControl } from './data-pdu.js';
import { encodePdu } from './encode-pdu.js';
import { PduReader, type PduSink } from './pdu-reader.js';
import { type PduType, pduType } from './pdu-type.js';

const MAXIMUM = 4_096;

/** Notes what it is told; fragments of one PDV are put together. */
class Notes implements PduSink {
  readonly begun: PduType[] = [];
  readonly pdus: (readonly [PduType, string])[] = [];
  readonly messages: (readonly [contextId: number, isCommand: boolean, hex: string])[] = [];
  bytes = 0;
  private parts: Buffer[] = [];

  begin(type: PduType): void {
    this.begun.push(type);
  }

  pdu(type: PduType, body: Buffer): void {
    this.pdus.push([type, body.toString('hex')]);
  }

  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void {
    this.bytes += bytes.length;
    this.parts.push(bytes);
    if (!endsMessage) return;
    this.messages.push([contextId, isCommand, Buffer.concat(this.parts).toString('hex')]);
    this.parts = [];
  }
}

const read = (bytes: Buffer, cuts: readonly number[] = []): Notes => {
  const notes = new Notes();
  const reader = new PduReader(notes, MAXIMUM);
  const ends = [...new Set(cuts)].filter((cut) => cut < bytes.length).toSorted((a, b) => a - b);
  for (const [index, end] of [...ends, bytes.length].entries()) reader.push(bytes.subarray(ends[index - 1] ?? 0, end));
  return notes;
};

const pdv = (contextId: number, control: number, value: Buffer): Buffer =>
  Buffer.concat([encodeDataHead(contextId, control, value.length).subarray(6), value]);

const value = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const dataPdu = fc
  .array(fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 3 }), value), { minLength: 1, maxLength: 5 })
  .map((pdvs) => encodePdu(pduType.data, ...pdvs.map(([id, control, bytes]) => pdv(id, control, bytes))));
const otherPdu = fc.oneof(
  fc
    .uint8Array({ minLength: 1, maxLength: 900 })
    .map((bytes) => encodePdu(pduType.associateRequest, Buffer.from(bytes))),
  fc.constant(encodePdu(pduType.releaseRequest, Buffer.alloc(4))),
  fc.constant(encodePdu(pduType.abort, Buffer.from([0, 0, 2, 1]))),
);
const conversation = fc
  .array(fc.oneof({ weight: 3, arbitrary: dataPdu }, otherPdu), { minLength: 1, maxLength: 8 })
  .map((pdus) => Buffer.concat(pdus));

const fault = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });

describe('the PDU reader', () => {
  it('finds the same however the bytes are cut', () => {
    fc.assert(
      fc.property(conversation, fc.array(fc.nat({ max: 4_000 })), (bytes, cuts) => {
        const [whole, cut] = [read(bytes), read(bytes, cuts)];
        expect([cut.begun, cut.pdus, cut.messages, cut.bytes]).toEqual([
          whole.begun,
          whole.pdus,
          whole.messages,
          whole.bytes,
        ]);
      }),
    );
  });

  it('finds the same byte by byte', () => {
    const [bytes = Buffer.alloc(0)] = fc.sample(conversation, { numRuns: 1, seed: 3 });
    const whole = read(bytes);
    const single = read(
      bytes,
      Array.from({ length: bytes.length }, (_, index) => index),
    );
    expect(whole.messages.length + whole.pdus.length).toBeGreaterThan(0);
    expect([single.pdus, single.messages]).toEqual([whole.pdus, whole.messages]);
  });

  it('hands data on as views of what came in', () => {
    const bytes = encodePdu(pduType.data, pdv(1, pdvControl.last, Buffer.alloc(100, 7)));
    let shared = false;
    const sink = {
      begin() {},
      pdu() {},
      fragment: (_id: number, _command: boolean, part: Buffer) => (shared = part.buffer === bytes.buffer),
    };
    new PduReader(sink, MAXIMUM).push(bytes);
    expect(shared).toBe(true);
  });

  it('ends with a coded error or waits for more, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }),
        fc.nat({ max: 8 }),
        (chunks, type) => {
          const notes = new Notes();
          const reader = new PduReader(notes, MAXIMUM);
          try {
            reader.push(Buffer.from([type]));
            for (const chunk of chunks) reader.push(Buffer.from(chunk));
          } catch (error) {
            expect(error).toEqual(expect.objectContaining({ code: expect.stringMatching(/^dicom-network\./) }));
          }
          expect(notes.bytes).toBeLessThanOrEqual(20 * 200);
        },
      ),
    );
  });

  it('notices a stranger with the first byte', () => {
    expect(() => read(Buffer.from('G'))).toThrow(fault('unrecognized-pdu'));
    expect(() => read(Buffer.from([0x16]))).toThrow(fault('unrecognized-pdu'));
  });

  it.each([
    ['data longer than announced', pduType.data, MAXIMUM + 13],
    ['data of 4 GiB', pduType.data, 0xffffffff],
    ['data without a PDV', pduType.data, 0],
    ['data of less than a PDV', pduType.data, 5],
    ['an association request over 256 KiB', pduType.associateRequest, 262_145],
    ['an acceptance over 256 KiB', pduType.associateAccept, 262_145],
    ['a release request of 5 bytes', pduType.releaseRequest, 5],
    ['an abort without content', pduType.abort, 0],
  ])('refuses %s by its head', (_, type, length) => {
    const bytes = Buffer.alloc(6);
    bytes.writeUInt8(type);
    bytes.writeUInt32BE(length, 2);
    expect(() => read(bytes)).toThrow(fault('invalid-pdu-parameter'));
  });

  it.each([
    ['is longer than its PDU', 50],
    ['has no room for its own header', 1],
    ['leaves bytes that are no PDV', 10],
  ])('refuses a PDV that %s', (_, length) => {
    const bytes = encodePdu(pduType.data, pdv(1, pdvControl.last, Buffer.alloc(10)));
    bytes.writeUInt32BE(length, 6);
    expect(() => read(bytes)).toThrow(fault('invalid-pdu-parameter'));
  });

  it('reads nothing more once it is stopped, not even of the same chunk', () => {
    const notes = new Notes();
    const reader: PduReader = new PduReader(
      {
        begin: () => undefined,
        fragment: () => undefined,
        pdu: (type, body) => {
          notes.pdu(type, body);
          reader.stop();
        },
      },
      MAXIMUM,
    );
    const release = encodePdu(pduType.releaseRequest, Buffer.alloc(4));
    reader.push(Buffer.concat([release, release]));
    reader.push(release);
    expect(notes.pdus).toHaveLength(1);
  });
});
