import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { command, RawPeer, rawServer } from '../../test/raw-peer.js';
import { eventually } from '../../test/receiver.js';
import { collect, peerAt, sendable } from '../../test/sending.js';
import { makeObject, syntax } from '../../test/test-object.js';
import type { CommandSet } from '../dimse/command-set.js';
import { decodeCommand } from '../dimse/decode-command.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { pdvControl } from '../pdu/data-pdu.js';
import { decodeAssociateRequest } from '../pdu/decode-associate.js';
import { encodeAssociateAccept } from '../pdu/encode-associate.js';
import { pduType } from '../pdu/pdu-type.js';
import { encodeReleaseRequest, encodeReleaseResponse } from '../pdu/release-pdu.js';
import { sendInstances } from './send-instances.js';

afterEach(closeOpened);

const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });
const object = makeObject(syntax.explicitLittle, 8_192);

/** A target that accepts everything and then does what the test wants. */
const target = async (
  behave: (peer: RawPeer, messages: AsyncGenerator<CommandSet>) => Promise<void> | void,
  maximumLength = 16_384,
): Promise<number> => {
  return rawServer((peer) => {
    void (async () => {
      const request = decodeAssociateRequest((await peer.next()).subarray(6));
      const contexts = request.contexts.map(({ id, transferSyntaxes }) => ({
        id,
        result: 0,
        transferSyntax: transferSyntaxes[0] ?? '',
      }));
      peer.send(
        encodeAssociateAccept({
          ...request,
          contexts,
          userInformation: { maximumLength, implementationClassUid: '1.2.3' },
        }),
      );
      await behave(peer, commandsOf(peer));
    })().catch(() => undefined);
  });
};

/** The commands that come, each when its data set is complete; other PDUs end it. */
const commandsOf = async function* (peer: RawPeer): AsyncGenerator<CommandSet> {
  const parts: Buffer[] = [];
  for (let current: CommandSet | undefined; ;) {
    const pdu = await peer.next();
    if (pdu.readUInt8(0) !== pduType.data) {
      if (pdu.readUInt8(0) === pduType.releaseRequest) peer.send(encodeReleaseResponse());
      return;
    }
    const control = pdu.readUInt8(11);
    if ((control & pdvControl.command) !== 0) parts.push(pdu.subarray(12));
    if (control === (pdvControl.command | pdvControl.last)) current = decodeCommand(Buffer.concat(parts.splice(0)));
    if (control === pdvControl.last && current !== undefined) yield current;
  }
};
const respondTo = ({ messageId }: CommandSet, change: Partial<CommandSet> = {}): Buffer =>
  command(1, { commandField: 0x8001, hasDataSet: false, messageIdBeingRespondedTo: messageId, status: 0, ...change });

describe('a target that misbehaves', () => {
  const send = (port: number, timeoutMs = 5_000, objects = [object]) => {
    const { receipts, onReceipt } = collect();
    return sendInstances(peerAt(port, { timeoutMs }), objects.map(sendable), onReceipt).then(() => receipts);
  };
  const unanswered = { details: { unanswered: [object.sopInstanceUid] } };

  it.each([1, 2, 6, 7, 127])('takes PDUs of %i bytes: nothing is sent', async (maximumLength) => {
    const aborts: number[] = [];
    const port = await target(async (peer) => void aborts.push((await peer.next()).readUInt8(0)), maximumLength);
    await expect(send(port)).rejects.toEqual(coded('unusable-maximum-length'));
    await eventually(() => aborts.length > 0);
    expect(aborts).toEqual([pduType.abort]);
  });

  it.each([128, 0, 4_294_967_295])('takes PDUs of %i bytes: all is sent, in PDUs not longer', async (maximumLength) => {
    let longest = 0;
    const port = await target(async (peer, messages) => {
      for await (const message of messages) peer.send(respondTo(message));
      longest = Math.max(...peer.pdus.filter((pdu) => pdu.readUInt8(0) === pduType.data).map((pdu) => pdu.length - 6));
    }, maximumLength);
    expect(await send(port)).toMatchObject([{ status: 0 }]);
    expect(longest).toBeLessThanOrEqual(maximumLength === 128 ? 128 : 131_072);
  });

  it('never answers the association request', async () => {
    const port = await rawServer(() => undefined);
    await expect(send(port, 200)).rejects.toEqual(coded('timeout'));
  });

  it('closes instead of answering the association request', async () => {
    const port = await rawServer((peer) => void peer.socket.destroy());
    await expect(send(port)).rejects.toEqual(coded('connection-lost'));
  });

  it('says something that is not DICOM', async () => {
    const port = await rawServer((peer) => peer.send(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')));
    await expect(send(port)).rejects.toEqual(coded('unrecognized-pdu'));
  });

  it('never answers an object', async () => {
    const port = await target(() => undefined);
    await expect(send(port, 300)).rejects.toMatchObject({ code: 'dicom-network.timeout', ...unanswered });
  });

  it('stops reading', async () => {
    const port = await target((peer) => void peer.socket.pause());
    const large = makeObject(syntax.explicitLittle, 33_554_432);
    await expect(send(port, 500, [large])).rejects.toEqual(coded('timeout'));
  });

  it.each([
    ['closes', 'connection-lost', (peer: RawPeer) => void peer.socket.end()],
    ['resets the connection', 'connection-lost', (peer: RawPeer) => void peer.socket.resetAndDestroy()],
    ['aborts', 'aborted', (peer: RawPeer) => peer.send(encodeAbort({ source: 0, reason: 0 }))],
    ['releases', 'aborted', (peer: RawPeer) => peer.send(encodeReleaseRequest())],
  ])('%s before it answers', async (_, code, breakOff) => {
    const port = await target(async (peer, messages) => {
      await messages.next();
      breakOff(peer);
    });
    await expect(send(port)).rejects.toMatchObject({ code: `dicom-network.${code}`, ...unanswered });
  });

  it.each([
    ['another message', (request: CommandSet) => respondTo(request, { messageIdBeingRespondedTo: 999 })],
    ['another object', (request: CommandSet) => respondTo(request, { affectedSopInstanceUid: '1.2.3' })],
    ['a C-ECHO', (request: CommandSet) => respondTo(request, { commandField: 0x8030 })],
    ['the message, but without a status', (request: CommandSet) => respondTo(request, { status: undefined })],
  ])('answers for %s', async (_, answer) => {
    const port = await target(async (peer, messages) => {
      const { value } = await messages.next();
      peer.send(answer(value as CommandSet));
    });
    await expect(send(port)).rejects.toMatchObject({ code: 'dicom-network.invalid-response', ...unanswered });
  });

  it('acknowledges an object before it is sent', async () => {
    const port = await target((peer) => peer.send(respondTo({ commandField: 1, hasDataSet: true, messageId: 1 })));
    const slow = async function* () {
      await sleep(300);
      yield object.dataSet;
    };
    const objects = [{ ...sendable(object), open: () => Promise.resolve(Readable.from(slow())) }];
    await expect(sendInstances(peerAt(port), objects, () => undefined)).rejects.toEqual(coded('invalid-response'));
  });

  it('answers twice: the second answer is not taken for the next object', async () => {
    const port = await target(async (peer, messages) => {
      for await (const message of messages) peer.send(respondTo(message), respondTo(message));
    });
    await expect(send(port, 5_000, [object, object])).rejects.toEqual(coded('invalid-response'));
  });

  it('asks for something itself', async () => {
    const port = await target(async (peer, messages) => {
      await messages.next();
      peer.send(command(1, { commandField: 0x0030, hasDataSet: false, messageId: 1 }));
    });
    await expect(send(port)).rejects.toEqual(coded('unexpected-pdu-parameter'));
  });

  it('does not answer the release: everything is receipted nevertheless', async () => {
    const port = await target(async (peer, messages) => {
      const { value } = await messages.next();
      peer.send(respondTo(value as CommandSet));
      await peer.next();
      peer.socket.destroy();
    });
    expect(await send(port)).toMatchObject([{ status: 0 }]);
  });

  it('releases at the same moment as we do', async () => {
    const port = await target(async (peer, messages) => {
      const { value } = await messages.next();
      peer.send(respondTo(value as CommandSet), encodeReleaseRequest());
      while (!peer.pduTypes.includes(pduType.releaseResponse)) await sleep(5);
      peer.send(encodeReleaseResponse());
    });
    const receipts = await send(port).catch((error: unknown) => error);
    expect(receipts).toMatchObject([{ status: 0 }]);
  });
});
