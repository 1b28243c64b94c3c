import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICOM_APPLICATION_CONTEXT } from './associate-pdu.js';
import { decodeAssociateAccept, decodeAssociateRequest } from './decode-associate.js';
import { encodeAssociateAccept, encodeAssociateRequest } from './encode-associate.js';
import { encodeItem, encodeTextItem } from './encode-item.js';
import { PDU_HEADER_LENGTH } from './pdu-type.js';

const uid = fc
  .array(fc.nat({ max: 999_999 }), { minLength: 1, maxLength: 8 })
  .map((numbers) => ['1.2', ...numbers].join('.'));
const aeTitle = fc.stringMatching(/^[!-[\]-~]([ -[\]-~]{0,14}[!-[\]-~])?$/);
const word = fc.nat({ max: 0xffff });
const ids = (size: number) =>
  fc.uniqueArray(
    fc.nat({ max: 127 }).map((n) => 2 * n + 1),
    { minLength: size, maxLength: size },
  );
const head = {
  protocolVersion: fc.constant(1),
  calledAeTitle: aeTitle,
  callingAeTitle: aeTitle,
  applicationContext: uid,
  userInformation: fc.record({
    maximumLength: fc.nat({ max: 0xffffffff }),
    implementationClassUid: uid,
    implementationVersionName: fc.option(fc.stringMatching(/^[A-Z0-9_]{1,16}$/), { nil: undefined }),
    asynchronousOperations: fc.option(fc.record({ invoked: word, performed: word }), { nil: undefined }),
    roleSelections: fc.option(
      fc.array(fc.record({ sopClassUid: uid, scu: fc.boolean(), scp: fc.boolean() }), { minLength: 1, maxLength: 3 }),
      { nil: undefined },
    ),
    userIdentityResponse: fc.option(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      { nil: undefined },
    ),
  }),
};
const request = fc
  .array(fc.record({ abstractSyntax: uid, transferSyntaxes: fc.array(uid, { minLength: 1, maxLength: 6 }) }), {
    minLength: 1,
    maxLength: 128,
  })
  .chain((contexts) =>
    fc.record({
      ...head,
      contexts: ids(contexts.length).map((all) => contexts.map((context, i) => ({ id: all[i] ?? 1, ...context }))),
    }),
  );
const accept = fc.array(uid, { minLength: 1, maxLength: 128 }).chain((syntaxes) =>
  fc.record({
    ...head,
    contexts: ids(syntaxes.length).map((all) =>
      syntaxes.map((transferSyntax, i) => ({ id: all[i] ?? 1, result: 0, transferSyntax })),
    ),
  }),
);

const body = (pdu: Buffer): Buffer => pdu.subarray(PDU_HEADER_LENGTH);
const malformed = expect.objectContaining({ code: 'dicom-network.invalid-pdu-parameter' });

/** The body of an A-ASSOCIATE-RQ with these items. */
const requestOf = (...items: readonly Buffer[]): Buffer => Buffer.concat([Buffer.alloc(68), ...items]);
const application = encodeTextItem(0x10, DICOM_APPLICATION_CONTEXT);
const maximumLength = encodeItem(0x51, Buffer.from([0, 0, 0x40, 0]));
const user = (...items: readonly Buffer[]): Buffer => encodeItem(0x50, maximumLength, ...items);
const context = (id: number): Buffer =>
  encodeItem(
    0x20,
    Buffer.from([id, 0, 0, 0]),
    encodeTextItem(0x30, '1.2.840.10008.1.1'),
    encodeTextItem(0x40, '1.2.840.10008.1.2'),
  );

describe('an association PDU', () => {
  it('is read as it was written, as a request', () => {
    fc.assert(
      fc.property(request, (pdu) => {
        expect(decodeAssociateRequest(body(encodeAssociateRequest(pdu)))).toEqual(pdu);
      }),
      { numRuns: 50 },
    );
  });

  it('is read as it was written, as an acceptance', () => {
    fc.assert(
      fc.property(accept, (pdu) => {
        expect(decodeAssociateAccept(body(encodeAssociateAccept(pdu)))).toEqual(pdu);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with a coded error, or read, whatever its bytes are', () => {
    const valid = body(encodeAssociateRequest(fc.sample(request, { numRuns: 1, seed: 7 })[0] ?? expect.fail()));
    const flips = fc.array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), { maxLength: 6 });
    const mutated = flips.map((changes) => {
      const copy = Buffer.from(valid);
      for (const [at, value] of changes) copy.writeUInt8(value, at);
      return copy;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
          mutated,
        ),
        (bytes) => {
          try {
            expect(decodeAssociateRequest(bytes).contexts.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toEqual(malformed);
          }
        },
      ),
    );
  });
});

describe('a request', () => {
  const refused = (...items: readonly Buffer[]) => {
    expect(() => decodeAssociateRequest(requestOf(...items))).toThrow(malformed);
  };

  it('takes 128 contexts and no more', () => {
    const all = Array.from({ length: 128 }, (_, index) => context(2 * index + 1));
    expect(decodeAssociateRequest(requestOf(application, ...all, user())).contexts).toHaveLength(128);
    refused(application, ...all, context(1), user());
  });

  it.each([
    ['an even context id', [application, context(2), user()]],
    ['a context id twice', [application, context(1), context(3), context(1), user()]],
    ['no context', [application, user()]],
    ['no application context', [context(1), user()]],
    ['no user information', [application, context(1)]],
    [
      'a context without transfer syntax',
      [application, encodeItem(0x20, Buffer.from([1, 0, 0, 0]), encodeTextItem(0x30, '1.2')), user()],
    ],
    [
      'a context with two abstract syntaxes',
      [
        application,
        encodeItem(
          0x20,
          Buffer.from([1, 0, 0, 0]),
          encodeTextItem(0x30, '1.2'),
          encodeTextItem(0x30, '1.2'),
          encodeTextItem(0x40, '1.2'),
        ),
        user(),
      ],
    ],
    [
      'an abstract syntax that is a path',
      [
        application,
        encodeItem(0x20, Buffer.from([1, 0, 0, 0]), encodeTextItem(0x30, '../../etc'), encodeTextItem(0x40, '1.2')),
        user(),
      ],
    ],
    ['an item that ends behind the PDU', [application, context(1), user(), Buffer.from([0x50, 0, 0x10, 0])]],
    [
      'a user identity longer than its item',
      [application, context(1), user(encodeItem(0x58, Buffer.from([1, 0, 0xff, 0xff, 65])))],
    ],
    [
      'a role selection longer than its item',
      [application, context(1), user(encodeItem(0x54, Buffer.from([0, 9, 65])))],
    ],
    ['a maximum length of two bytes', [application, context(1), user(encodeItem(0x51, Buffer.from([1, 0])))]],
  ])('with %s is refused', (_, items) => refused(...items));

  it('has its optional items read and those that are not known skipped', () => {
    const roleSelection = encodeItem(0x54, Buffer.from([0, 3]), Buffer.from('1.2'), Buffer.from([0, 1]));
    const identity = encodeItem(
      0x58,
      Buffer.from([2, 1, 0, 4]),
      Buffer.from('user'),
      Buffer.from([0, 2]),
      Buffer.from('pw'),
    );
    const pdu = decodeAssociateRequest(
      requestOf(
        application,
        encodeItem(0x77, Buffer.from('whatever')),
        context(1),
        user(encodeItem(0x53, Buffer.from([0, 5, 0, 6])), roleSelection, identity, encodeItem(0x56, Buffer.alloc(9))),
      ),
    );
    expect(pdu.userInformation).toEqual({
      maximumLength: 0x4000,
      implementationClassUid: '',
      implementationVersionName: undefined,
      asynchronousOperations: { invoked: 5, performed: 6 },
      roleSelections: [{ sopClassUid: '1.2', scu: false, scp: true }],
      userIdentity: { type: 2, positiveResponseRequested: true, name: 'user' },
    });
  });

  it('keeps control characters out of the implementation names', () => {
    const names = [encodeTextItem(0x52, '1.2\u0000\u001b[31m'), encodeTextItem(0x55, 'LINE\r\nBREAK')];
    const { userInformation } = decodeAssociateRequest(requestOf(application, context(1), user(...names)));
    expect(userInformation).toMatchObject({
      implementationClassUid: '1.2[31m',
      implementationVersionName: 'LINEBREAK',
    });
  });
});
