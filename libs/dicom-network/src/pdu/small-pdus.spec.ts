import { CodedError } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAbort, describeAbort, encodeAbort } from './abort-pdu.js';
import { encodeCommandPdus } from './data-pdu.js';
import { usableMaximumLength } from './maximum-length.js';
import { abortReasonOf, protocolFault } from './protocol-fault.js';
import { decodeReject, describeRejection, encodeReject, rejection } from './reject-pdu.js';
import { encodeReleaseRequest, encodeReleaseResponse } from './release-pdu.js';

const byte = fc.nat({ max: 255 });

describe('the small PDUs', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(byte, byte, byte, (result, source, reason) => {
        expect(decodeReject(encodeReject({ result, source, reason }).subarray(6))).toEqual({ result, source, reason });
        expect(decodeAbort(encodeAbort({ source, reason }).subarray(6))).toEqual({ source, reason });
      }),
    );
  });

  it('have the bytes of PS3.8 9.3.4 to 9.3.8', () => {
    expect(encodeReject(rejection.calledAeTitleNotRecognized).toString('hex')).toBe('03000000000400010107');
    expect(encodeReleaseRequest().toString('hex')).toBe('05000000000400000000');
    expect(encodeReleaseResponse().toString('hex')).toBe('06000000000400000000');
    expect(encodeAbort({ source: 2, reason: 6 }).toString('hex')).toBe('07000000000400000206');
  });

  it('are put into words', () => {
    expect(describeRejection(rejection.localLimitExceeded)).toBe('for now: local limit exceeded');
    expect(describeRejection({ result: 1, source: 9, reason: 9 })).toBe('for good: source 9, reason 9');
    expect(describeAbort({ source: 2, reason: 2 })).toBe('aborted by its service provider: unexpected PDU');
    expect(describeAbort({ source: 0, reason: 2 })).toBe('aborted by its user');
  });
});

describe('the reason of an abort', () => {
  it('is the one of the fault', () => {
    expect(abortReasonOf(protocolFault('dicom-network.unexpected-pdu', ''))).toBe(2);
  });

  it('is not specified for anything else', () => {
    expect(abortReasonOf(new CodedError('dicom-network.internal', ''))).toBe(0);
  });
});

describe('the length of what is sent', () => {
  it.each([
    [0, 131_072],
    [1, undefined],
    [6, undefined],
    [7, undefined],
    [127, undefined],
    [128, 128],
    [16_384, 16_384],
    [0xffffffff, 131_072],
  ])('is, for a peer that announces %i, %s', (announced, used) => {
    expect(usableMaximumLength(announced)).toBe(used);
  });

  it('is kept by commands, which are cut into even fragments', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 128, max: 200 }), (half, limit) => {
        const command = Buffer.alloc(half * 2, 9);
        let rest = encodeCommandPdus(3, command, limit);
        let length = 0;
        for (; rest.length > 0; rest = rest.subarray(6 + rest.readUInt32BE(2))) {
          const value = rest.readUInt32BE(6) - 2;
          length += value;
          expect(rest.readUInt32BE(2)).toBeLessThanOrEqual(limit);
          expect([value % 2, rest.readUInt8(10), rest.readUInt8(11)]).toEqual([
            0,
            3,
            length === command.length ? 3 : 1,
          ]);
        }
        expect(length).toBe(command.length);
      }),
    );
  });
});
