import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { runDcmtk } from '../../test/dcmtk.js';
import { closeLater, closeOpened } from '../../test/opened.js';
import { writePart10 } from '../../test/part10.js';
import { associateRequest, RawPeer } from '../../test/raw-peer.js';
import { Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { negotiate } from '../association/negotiate.js';
import { decodeAssociateAccept } from '../pdu/decode-associate.js';
import { encodeItem } from '../pdu/encode-item.js';
import { PDU_HEADER_LENGTH } from '../pdu/pdu-type.js';
import type { UserIdentity } from '../pdu/user-information.js';
import type { AssociationAnswer, AssociationRequest } from './store-scp-handlers.js';

afterEach(closeOpened);

/** An association request with further sub-items at the end of its user information, which is its last item. */
const requestWith = (...items: readonly Buffer[]): Buffer => {
  const pdu = Buffer.concat([associateRequest(), ...items]);
  const added = items.reduce((sum, item) => sum + item.length, 0);
  pdu.writeUInt32BE(pdu.length - PDU_HEADER_LENGTH, 2);
  // 8 bytes of maximum length and 9 of implementation class stand in the user information behind its head.
  const lengthAt = pdu.length - added - 17 - 2;
  pdu.writeUInt16BE(pdu.readUInt16BE(lengthAt) + added, lengthAt);
  return pdu;
};
const field = (text: string): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};
const identity = (type: number, primary: string, secondary: string): Buffer =>
  encodeItem(0x58, Buffer.from([type, 1]), field(primary), field(secondary));
const accept = ({ contexts }: AssociationRequest): AssociationAnswer => ({
  accept: negotiate(contexts, (_, [first]) => first),
  userIdentityResponse: Buffer.alloc(0),
});
const answerTo = async (receiver: Receiver, request: Buffer) => {
  const peer = await RawPeer.connect(receiver.port);
  peer.send(request);
  return decodeAssociateAccept((await peer.next()).subarray(PDU_HEADER_LENGTH)).userInformation;
};

/** A receiver that notes what its policy is given. */
const observing = async () => {
  const seen: { identity: UserIdentity | undefined; credential: string; printed: string }[] = [];
  const receiver = await Receiver.start({
    associate: (request: AssociationRequest) => {
      const { userIdentity } = request.userInformation;
      seen.push({
        identity: userIdentity,
        credential: String(userIdentity?.credential),
        printed: `${JSON.stringify(request)} ${inspect(request, { depth: 9 })}`,
      });
      return accept(request);
    },
  });
  return { receiver, seen };
};

describe('a user identity', () => {
  it.each([
    ['a user name', 1, 'anna', '', 'anna', ''],
    ['a user name and passcode', 2, 'anna', 's3cret', 'anna', 's3cret'],
    ['a JSON web token', 5, 'eyJhbGciOi.x.y', '', '', 'eyJhbGciOi.x.y'],
  ])('as %s is given to the policy and to nobody else', async (_, type, primary, secondary, name, credential) => {
    const { receiver, seen } = await observing();
    const information = await answerTo(receiver, requestWith(identity(type, primary, secondary)));
    expect(information.userIdentityResponse).toEqual(Buffer.alloc(0));
    expect(seen).toMatchObject([{ identity: { type, name }, credential }]);
    expect(receiver.accepted[0]?.user).toBe(name === '' ? undefined : name);
    if (credential === '') return;
    expect(seen[0]?.printed).not.toContain(credential);
    expect(inspect(receiver, { depth: 9 })).not.toContain(credential);
    expect(seen[0]?.identity?.credential).toEqual(Buffer.alloc(credential.length));
  });

  it('of DCMTK is read and confirmed', async () => {
    const { receiver, seen } = await observing();
    const options = ['-d', '-usr', 'anna', '-pwd', 's3cret', '-rsp', '127.0.0.1', String(receiver.port)];
    const folder = await mkdtemp(join(tmpdir(), 'waystation-identity-'));
    closeLater(() => rm(folder, { recursive: true }));
    await writePart10(join(folder, 'object.dcm'), makeObject(syntax.explicitLittle, 128));
    const { code, output } = await runDcmtk('storescu', [...options, join(folder, 'object.dcm')]);
    expect([code, output]).toEqual([0, expect.stringContaining('User Identity Negotiation Response')]);
    expect(seen).toMatchObject([{ identity: { type: 2, name: 'anna' }, credential: 's3cret' }]);
  });
});

describe('what else is negotiated', () => {
  it('is answered: operations window and roles', async () => {
    const receiver = await Receiver.start({ associate: accept }, { operationsWindow: 4 });
    const role = encodeItem(0x54, field('1.2.3'), Buffer.from([1, 1]));
    const information = await answerTo(receiver, requestWith(encodeItem(0x53, Buffer.from([0, 9, 0, 9])), role));
    expect(information).toMatchObject({
      asynchronousOperations: { invoked: 4, performed: 1 },
      roleSelections: [{ sopClassUid: '1.2.3', scu: true, scp: false }],
    });
  });

  it('is ignored: extended negotiation of SOP classes and items that nobody knows', async () => {
    const receiver = await Receiver.start({ associate: accept });
    const extended = encodeItem(0x56, field('1.2.3'), Buffer.from([2, 0, 1]));
    const common = encodeItem(0x57, field('1.2.3'), field('1.2.4'), field(''));
    const information = await answerTo(receiver, requestWith(extended, common, encodeItem(0x7f, Buffer.alloc(3))));
    expect(information.implementationVersionName).toBe('WAYSTATION_010');
    expect(receiver.accepted).toHaveLength(1);
  });
});
