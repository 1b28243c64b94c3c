import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandSet } from './command-set.js';
import { decodeCommand } from './decode-command.js';
import { encodeCommand } from './encode-command.js';

const number = fc.nat({ max: 0xffff });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const uid = fc.array(fc.nat({ max: 99_999 }), { minLength: 1, maxLength: 9 }).map((numbers) => numbers.join('.'));

const commandSet: fc.Arbitrary<CommandSet> = fc.record({
  commandField: number,
  hasDataSet: fc.boolean(),
  messageId: maybe(number),
  messageIdBeingRespondedTo: maybe(number),
  affectedSopClassUid: maybe(uid),
  affectedSopInstanceUid: maybe(uid),
  priority: maybe(number),
  status: maybe(number),
  errorComment: maybe(fc.stringMatching(/^[!-[\]-~]{0,64}$/)),
  moveOriginatorAeTitle: maybe(fc.stringMatching(/^[A-Z0-9_]{1,16}$/)),
  moveOriginatorMessageId: maybe(number),
});

const malformed = expect.objectContaining({ code: 'dicom-network.invalid-pdu-parameter' });

describe('a command set', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(commandSet, (command) => {
        expect(decodeCommand(encodeCommand(command))).toEqual(command);
      }),
    );
  });

  it('has the bytes of PS3.7 6.3.1', () => {
    const bytes = encodeCommand({ commandField: 0x8030, hasDataSet: false, messageIdBeingRespondedTo: 7, status: 0 });
    expect(bytes.toString('hex')).toBe(
      '000000000400000028000000' +
        '00000001020000003080' +
        '00002001020000000700' +
        '00000008020000000101' +
        '00000009020000000000',
    );
  });

  it('leads with the length of what follows, and is even', () => {
    fc.assert(
      fc.property(commandSet, (command) => {
        const bytes = encodeCommand(command);
        expect([bytes.readUInt32LE(8), bytes.length % 2]).toEqual([bytes.length - 12, 0]);
      }),
    );
  });

  it('is refused with a coded error, or read, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), commandSet, fc.nat(), (noise, command, at) => {
        const bytes = encodeCommand(command);
        Buffer.from(noise).copy(bytes, at % bytes.length);
        for (const candidate of [bytes, Buffer.from(noise)]) {
          try {
            expect(decodeCommand(candidate).commandField).toBeTypeOf('number');
          } catch (error) {
            expect(error).toEqual(malformed);
          }
        }
      }),
    );
  });

  it.each([
    ['no command field', Buffer.from('00000008020000000101', 'hex')],
    ['a command field of four bytes', Buffer.from('0000000104000000300000000000000802000000', 'hex')],
    ['an element of another group', Buffer.from('08001600020000003100', 'hex')],
    ['an element that ends behind it', Buffer.from('00000001ff0000003000', 'hex')],
  ])('with %s is refused', (_, bytes) => {
    expect(() => decodeCommand(bytes)).toThrow(malformed);
  });
});
