import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../test/dcmtk.js';
import { command, RawPeer, rawServer } from '../../test/raw-peer.js';
import { Receiver, sha256 } from '../../test/receiver.js';
import { makeObject, syntax, type TestObject } from '../../test/test-object.js';
import type { CommandSet } from '../dimse/command-set.js';
import { decodeCommand } from '../dimse/decode-command.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { pdvControl } from '../pdu/data-pdu.js';
import { decodeAssociateRequest } from '../pdu/decode-associate.js';
import { encodeAssociateAccept } from '../pdu/encode-associate.js';
import { pduType } from '../pdu/pdu-type.js';
import { encodeReleaseRequest, encodeReleaseResponse } from '../pdu/release-pdu.js';
import { echo } from './echo.js';
import { sendInstances } from './send-instances.js';
import type { SendableInstance, SendReceipt } from './sendable-instance.js';

const closers: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

const startReceiver = async (...args: Parameters<typeof Receiver.start>): Promise<Receiver> => {
  const receiver = await Receiver.start(...args);
  closers.push(() => receiver.close());
  return receiver;
};
const peerAt = (port: number, timeoutMs = 5_000) => ({
  host: '127.0.0.1',
  port,
  calledAeTitle: 'TARGET',
  callingAeTitle: 'WAYSTATION',
  timeoutMs,
});
const sendable = ({ dataSet, ...object }: TestObject): SendableInstance => ({
  ...object,
  open: () => Promise.resolve(Readable.from([dataSet])),
});
const collect = () => {
  const receipts: SendReceipt[] = [];
  return { receipts, onReceipt: (receipt: SendReceipt) => void receipts.push(receipt) };
};
const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });
const object = makeObject(syntax.explicitLittle, 8_192);

/** A target that accepts everything and then does what the test wants. */
const target = async (
  behave: (peer: RawPeer, messages: AsyncGenerator<CommandSet>) => Promise<void> | void,
  maximumLength = 16_384,
): Promise<number> => {
  const server = await rawServer((peer) => {
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
  closers.push(server.close);
  return server.port;
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

describe('Waystation to Waystation', () => {
  it('sends every transfer syntax bit by bit, with receipts in order', async () => {
    const receiver = await startReceiver();
    const objects = [...Object.values(syntax), ...Object.values(syntax)].map((uid) => makeObject(uid, 131_072));
    const { receipts, onReceipt } = collect();
    const summary = await sendInstances(peerAt(receiver.port), objects.map(sendable), onReceipt);
    expect(summary).toEqual({ associations: 1, stored: 12, refused: 0 });
    expect(receipts.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(
      objects.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(receiver.received.map((one) => [one.transferSyntaxUid, one.sha256])).toEqual(
      objects.map(({ transferSyntaxUid, dataSet }) => [transferSyntaxUid, sha256(dataSet)]),
    );
    expect(receiver.accepted[0]).toMatchObject({ callingAeTitle: 'WAYSTATION', calledAeTitle: 'TARGET' });
    expect(receiver.endings).toEqual([{ by: 'release', reason: 'released by the peer' }]);
  });

  it('goes over several associations when there are more pairs than contexts', async () => {
    const receiver = await startReceiver();
    const objects = Array.from({ length: 130 }, (_, index) => makeObject(syntax.explicitLittle, 128, `1.2.3.${index}`));
    const summary = await sendInstances(peerAt(receiver.port), objects.map(sendable), () => undefined);
    expect(summary).toEqual({ associations: 2, stored: 130, refused: 0 });
    expect(receiver.accepted.map(({ contexts }) => contexts.length)).toEqual([128, 2]);
  });

  it('reports statuses and comments as they are given', async () => {
    const receiver = await startReceiver({
      store: (_, { messageId }) => Promise.resolve({ status: [0xb000, 0xa900][messageId - 1] ?? 0, comment: 'well' }),
    });
    const { receipts, onReceipt } = collect();
    const summary = await sendInstances(peerAt(receiver.port), [object, object].map(sendable), onReceipt);
    expect(summary).toMatchObject({ stored: 1, refused: 1 });
    expect(receipts.map(({ status, comment }) => [status, comment])).toEqual([
      [0xb000, 'well'],
      [0xa900, 'well'],
    ]);
  });

  it('streams a large object without holding it in memory, to a receiver that is slow', async () => {
    const receiver = await startReceiver({
      store: async (_, request) => {
        let chunks = 0;
        for await (const chunk of request.data) {
          chunks += chunk.length > 0 ? 1 : 0;
          if (chunks % 64 === 0) await sleep(1);
        }
        return { status: 0 };
      },
    });
    let produced = 0;
    let most = 0;
    const before = process.memoryUsage().rss;
    const source = async function* () {
      for (; produced < 4_096; produced += 1) {
        if (produced % 256 === 0) most = Math.max(most, process.memoryUsage().rss - before);
        yield Buffer.alloc(65_536, produced);
      }
    };
    const huge = { ...sendable(object), open: () => Promise.resolve(Readable.from(source(), { highWaterMark: 2 })) };
    await sendInstances(peerAt(receiver.port), [huge], () => undefined);
    expect(produced).toBe(4_096);
    // 256 MiB went through; what is not collected yet stays far below.
    expect(most).toBeLessThan(128 * 1_048_576);
  });

  it('echoes', async () => {
    const receiver = await startReceiver();
    expect(await echo(peerAt(receiver.port))).toMatchObject({ status: 0, maximumLength: 131_072 });
  });
});

describe('a sender', () => {
  it('says that nobody is there', async () => {
    await expect(echo(peerAt(await freePort()))).rejects.toEqual(coded('unreachable'));
  });

  it('waits for receipts to be taken note of, and keeps what was receipted when that fails', async () => {
    const receiver = await startReceiver();
    const taken: string[] = [];
    const failing = async ({ sopInstanceUid }: SendReceipt) => {
      await sleep(20);
      taken.push(sopInstanceUid);
      throw new Error('cannot be written down');
    };
    await expect(sendInstances(peerAt(receiver.port), [object, object].map(sendable), failing)).rejects.toThrow(
      'cannot be written down',
    );
    expect([taken.length, receiver.received.length]).toEqual([1, 1]);
  });

  it('breaks off when it is told to, even while its source hangs', async () => {
    const receiver = await startReceiver();
    const controller = new AbortController();
    let destroyed = false;
    const hanging = new Readable({ read: () => undefined, destroy: (_, done) => ((destroyed = true), done(null)) });
    const sending = sendInstances(
      { ...peerAt(receiver.port), signal: controller.signal },
      [{ ...sendable(object), open: () => Promise.resolve(hanging) }],
      () => undefined,
    );
    await sleep(100);
    controller.abort();
    await expect(sending).rejects.toEqual(coded('cancelled'));
    expect(destroyed).toBe(true);
  });

  it('does not begin when it was told to stop before', async () => {
    const receiver = await startReceiver();
    const peer = { ...peerAt(receiver.port), signal: AbortSignal.abort() };
    await expect(echo(peer)).rejects.toEqual(coded('cancelled'));
    expect(receiver.accepted).toEqual([]);
  });

  it.each([
    ['cannot be opened', () => Promise.reject(new Error('no such key'))],
    ['breaks half way', () => Promise.resolve(Readable.from(breaking()))],
  ])('aborts when an object %s, and what was receipted stays', async (_, open) => {
    const receiver = await startReceiver();
    const { receipts, onReceipt } = collect();
    const objects = [sendable(object), { ...sendable(object), open }];
    await expect(sendInstances(peerAt(receiver.port), objects, onReceipt)).rejects.toEqual(coded('source-failed'));
    expect(receipts).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('refuses an AE title that is none', async () => {
    await expect(echo({ ...peerAt(1), callingAeTitle: 'A NAME THAT IS TOO LONG' })).rejects.toEqual(
      coded('invalid-ae-title'),
    );
  });
});

const breaking = async function* () {
  yield Buffer.alloc(100_000);
  await sleep(20);
  throw new Error('the disk broke');
};

describe('a target that misbehaves', () => {
  const send = (port: number, timeoutMs = 5_000, objects = [object]) => {
    const { receipts, onReceipt } = collect();
    return sendInstances(peerAt(port, timeoutMs), objects.map(sendable), onReceipt).then(() => receipts);
  };
  const unanswered = { details: { unanswered: object.sopInstanceUid } };

  it.each([1, 2, 6, 7, 127])('takes PDUs of %i bytes: nothing is sent', async (maximumLength) => {
    let aborted: Buffer | undefined;
    const port = await target(async (peer) => void (aborted = await peer.next()), maximumLength);
    await expect(send(port)).rejects.toEqual(coded('unusable-maximum-length'));
    await sleep(50);
    expect(aborted?.readUInt8(0)).toBe(pduType.abort);
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
    const server = await rawServer(() => undefined);
    closers.push(server.close);
    await expect(send(server.port, 200)).rejects.toEqual(coded('timeout'));
  });

  it('closes instead of answering the association request', async () => {
    const server = await rawServer((peer) => void peer.socket.destroy());
    closers.push(server.close);
    await expect(send(server.port)).rejects.toEqual(coded('connection-lost'));
  });

  it('says something that is not DICOM', async () => {
    const server = await rawServer((peer) => void peer.send(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')));
    closers.push(server.close);
    await expect(send(server.port)).rejects.toEqual(coded('unrecognized-pdu'));
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
