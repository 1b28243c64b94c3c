import { describe, expect, it } from 'vitest';
import { encodeCommand } from './encode-command.js';
import { MessageAssembler } from './message-assembler.js';

const withData = encodeCommand({ commandField: 1, hasDataSet: true, messageId: 1 });
const withoutData = encodeCommand({ commandField: 0x30, hasDataSet: false, messageId: 2 });

const assemble = () => {
  const events: string[] = [];
  const assembler = new MessageAssembler(
    {
      command: (id, command) => events.push(`command ${command.commandField} on ${id}`),
      data: (bytes) => events.push(`data ${bytes.toString()}`),
      dataEnd: () => events.push('end'),
    },
    new Set([1, 3]),
  );
  return { events, assembler };
};

const unexpected = expect.objectContaining({ code: 'dicom-network.unexpected-pdu-parameter' });
const invalid = expect.objectContaining({ code: 'dicom-network.invalid-pdu-parameter' });

describe('the message assembler', () => {
  it('gives a command and then its data', () => {
    const { events, assembler } = assemble();
    for (let at = 0; at < withData.length; at += 1) {
      assembler.fragment(1, true, withData.subarray(at, at + 1), at + 1 === withData.length);
    }
    assembler.fragment(1, false, Buffer.from('ab'), false);
    assembler.fragment(1, false, Buffer.alloc(0), true);
    assembler.fragment(3, true, withoutData, true);
    expect(events).toEqual(['command 1 on 1', 'data ab', 'end', 'command 48 on 3']);
  });

  it.each([
    ['data without a command', () => [[1, false, Buffer.from('x'), true]] as const],
    [
      'data after a command that has none',
      () =>
        [
          [1, true, withoutData, true],
          [1, false, Buffer.from('x'), true],
        ] as const,
    ],
    [
      'a command inside data',
      () =>
        [
          [1, true, withData, true],
          [1, true, withData, true],
        ] as const,
    ],
    [
      'a message that changes its context',
      () =>
        [
          [1, true, withData, true],
          [3, false, Buffer.from('x'), true],
        ] as const,
    ],
  ])('refuses %s', (_, fragments) => {
    const { assembler } = assemble();
    expect(() => {
      for (const [id, isCommand, bytes, last] of fragments()) assembler.fragment(id, isCommand, bytes, last);
    }).toThrow(unexpected);
  });

  it('refuses a context that was not accepted', () => {
    const { assembler } = assemble();
    expect(() => assembler.fragment(5, true, withoutData, true)).toThrow(invalid);
  });

  it('refuses a command that does not end within 64 KiB', () => {
    const { assembler } = assemble();
    const fragment = Buffer.alloc(1_024);
    for (let kilobytes = 0; kilobytes < 64; kilobytes += 1) assembler.fragment(1, true, fragment, false);
    expect(() => assembler.fragment(1, true, fragment, false)).toThrow(invalid);
  });
});
