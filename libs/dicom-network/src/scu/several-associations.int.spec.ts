import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { command, type RawPeer, rawServer } from '../../test/raw-peer.js';
import { Receiver, sha256 } from '../../test/receiver.js';
import { makeObject, syntax, type TestObject } from '../../test/test-object.js';
import { negotiate } from '../association/negotiate.js';
import { decodeCommand } from '../dimse/decode-command.js';
import { pdvControl } from '../pdu/data-pdu.js';
import { decodeAssociateRequest } from '../pdu/decode-associate.js';
import { encodeAssociateAccept } from '../pdu/encode-associate.js';
import { pduType } from '../pdu/pdu-type.js';
import { encodeReleaseResponse } from '../pdu/release-pdu.js';
import { sendInstances } from './send-instances.js';
import type { SendableInstance, SendReceipt } from './sendable-instance.js';

afterEach(closeOpened);

const peerAt = (port: number) => ({
  host: '127.0.0.1',
  port,
  calledAeTitle: 'TARGET',
  callingAeTitle: 'WAYSTATION',
  timeoutMs: 5_000,
});
const sendable = ({ dataSet, ...object }: TestObject): SendableInstance => ({
  ...object,
  open: () => Promise.resolve(Readable.from([dataSet])),
});
const collect = () => {
  const receipts: SendReceipt[] = [];
  return { receipts, onReceipt: (receipt: SendReceipt) => void receipts.push(receipt) };
};
const objectsOf = (count: number) => Array.from({ length: count }, () => makeObject(syntax.explicitLittle, 4_096));
const uidsOf = (all: readonly { readonly sopInstanceUid: string }[]) => all.map((one) => one.sopInstanceUid).toSorted();
const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });

/** Connects a peer with a port, until a chunk of the peer is not let through. */
const handOn = (peer: RawPeer, port: number, lets: (chunk: Buffer) => boolean): void => {
  const far = connect(port, '127.0.0.1');
  far.on('data', (chunk) => peer.socket.write(chunk)).on('close', () => peer.socket.destroy());
  peer.socket.on('close', () => far.destroy());
  peer.socket.on('data', (chunk: Buffer) => {
    if (lets(chunk)) far.write(chunk);
    else peer.socket.destroy();
  });
};

describe('several associations', () => {
  it('share the objects, and every object goes once and is receipted once', async () => {
    const receiver = await Receiver.start({
      store: async (_, request) => (await sleep(5), receiver.take(request)),
    });
    const objects = objectsOf(40);
    const { receipts, onReceipt } = collect();
    const summary = await sendInstances(peerAt(receiver.port), objects.map(sendable), onReceipt, { associations: 4 });
    expect(summary).toEqual({ associations: 4, stored: 40, refused: 0 });
    expect([uidsOf(receipts), uidsOf(receiver.received)]).toEqual([uidsOf(objects), uidsOf(objects)]);
    expect(receiver.endings.map(({ by }) => by)).toEqual(['release', 'release', 'release', 'release']);
  });

  it('bring receipts one at a time', async () => {
    const receiver = await Receiver.start();
    let running = 0;
    let most = 0;
    const onReceipt = async () => {
      running += 1;
      most = Math.max(most, running);
      await sleep(2);
      running -= 1;
    };
    await sendInstances(peerAt(receiver.port), objectsOf(20).map(sendable), onReceipt, { associations: 3 });
    expect(most).toBe(1);
  });

  it('are no more than there are objects', async () => {
    const receiver = await Receiver.start();
    await sendInstances(peerAt(receiver.port), objectsOf(2).map(sendable), () => undefined, { associations: 9 });
    expect(receiver.accepted).toHaveLength(2);
  });

  it('do with what the peer grants', async () => {
    const receiver = await Receiver.start({}, { maxAssociationsPerCaller: 2 });
    const objects = objectsOf(12);
    const summary = await sendInstances(peerAt(receiver.port), objects.map(sendable), () => undefined, {
      associations: 5,
    });
    expect([summary.stored, receiver.refused.length > 0]).toEqual([12, true]);
  });

  it('do not wait for one that the peer never answers', async () => {
    let connections = 0;
    const receiver = await Receiver.start();
    const port = await rawServer((peer) => {
      connections += 1;
      if (connections === 1) handOn(peer, receiver.port, () => true);
    });
    const peer = { ...peerAt(port), timeoutMs: 60_000 };
    const summary = await sendInstances(peer, objectsOf(6).map(sendable), () => undefined, { associations: 2 });
    expect(summary).toEqual({ associations: 1, stored: 6, refused: 0 });
  });

  it('go on when one breaks, and say of which objects nothing is known', async () => {
    const objects = objectsOf(30);
    const receiver = await Receiver.start();
    const lost: string[] = [];
    let connections = 0;
    const port = await rawServer((peer) => {
      connections += 1;
      const breaks = connections === 1;
      handOn(peer, receiver.port, (chunk) => {
        const text = chunk.toString('latin1');
        const uid = objects.map(({ sopInstanceUid }) => sopInstanceUid).find((one) => text.includes(one));
        if (!breaks || uid === undefined) return true;
        lost.push(uid);
        return false;
      });
    });
    const { receipts, onReceipt } = collect();
    const error: unknown = await sendInstances(peerAt(port), objects.map(sendable), onReceipt, {
      associations: 3,
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'dicom-network.connection-lost', details: { unanswered: lost } });
    expect(lost).toHaveLength(1);
    expect(uidsOf([...receipts, { sopInstanceUid: lost[0] ?? '' }])).toEqual(uidsOf(objects));
  });

  it('all break: what is not known of any of them is told', async () => {
    const port = await rawServer((peer) => {
      void accepting(peer, 1).then(async () => {
        await peer.next();
        await sleep(50);
        peer.socket.destroy();
      });
    });
    const objects = objectsOf(9);
    const sending = sendInstances(peerAt(port), objects.map(sendable), () => undefined, { associations: 3 });
    const error: unknown = await sending.catch((reason: unknown) => reason);
    expect(error).toEqual(coded('connection-lost'));
    const { unanswered } = (error as { details: { unanswered: readonly string[] } }).details;
    expect(unanswered.toSorted()).toEqual(uidsOf(objects.slice(0, 3)));
  });

  it('stop all when a receipt cannot be noted', async () => {
    const receiver = await Receiver.start({ store: async (_, request) => (await sleep(20), receiver.take(request)) });
    const failing = () => Promise.reject(new Error('the log is gone'));
    const sending = sendInstances(peerAt(receiver.port), objectsOf(40).map(sendable), failing, { associations: 4 });
    await expect(sending).rejects.toThrow('the log is gone');
    expect(receiver.received.length).toBeLessThan(12);
  });

  it('stop when they are told to', async () => {
    const receiver = await Receiver.start({ store: async (_, request) => (await sleep(20), receiver.take(request)) });
    const controller = new AbortController();
    const sending = sendInstances(
      { ...peerAt(receiver.port), signal: controller.signal },
      objectsOf(40).map(sendable),
      () => controller.abort(),
      { associations: 4 },
    );
    await expect(sending).rejects.toEqual(coded('cancelled'));
  });
});

/** Answers an association request; grants a window where it is more than 1. */
const accepting = async (peer: RawPeer, window: number) => {
  const request = decodeAssociateRequest((await peer.next()).subarray(6));
  const contexts = request.contexts.map(({ id, transferSyntaxes }) => ({
    id,
    result: 0,
    transferSyntax: transferSyntaxes[0] ?? '',
  }));
  const asynchronousOperations = window > 1 ? { invoked: window, performed: 1 } : undefined;
  const userInformation = { maximumLength: 16_384, implementationClassUid: '1.2', asynchronousOperations };
  peer.send(encodeAssociateAccept({ ...request, contexts, userInformation }));
  return request;
};

describe('a window of several operations', () => {
  /** A target that answers when `size` objects came or nothing more comes, the last one first. */
  const batching = (granted: number, outstanding: number[]) =>
    rawServer((peer) => {
      void (async () => {
        await accepting(peer, granted);
        const waiting: number[] = [];
        const answer = () => {
          outstanding.push(waiting.length);
          for (const id of waiting.splice(0).toReversed()) {
            peer.send(
              command(1, { commandField: 0x8001, hasDataSet: false, messageIdBeingRespondedTo: id, status: id % 2 }),
            );
          }
        };
        for (let quiet: NodeJS.Timeout | undefined; ;) {
          const pdu = await peer.next();
          clearTimeout(quiet);
          quiet = setTimeout(() => waiting.length > 0 && answer(), 50);
          if (pdu.readUInt8(0) === pduType.releaseRequest) peer.send(encodeReleaseResponse());
          if (pdu.readUInt8(0) !== pduType.data) return clearTimeout(quiet);
          const control = pdu.readUInt8(11);
          if (control === (pdvControl.command | pdvControl.last)) {
            waiting.push(decodeCommand(pdu.subarray(12)).messageId ?? 0);
          }
        }
      })().catch(() => undefined);
    });

  it.each([
    ['as many as the peer grants', 4, 3, 3],
    ['no more than are wanted', 2, 0, 2],
    ['one where the peer does not answer the wish', 4, 1, 1],
  ])('lets %s be outstanding, and takes answers in any order', async (_, wanted, granted, expected) => {
    const outstanding: number[] = [];
    const port = await batching(granted === 0 ? 99 : granted, outstanding);
    const objects = objectsOf(6);
    const { receipts, onReceipt } = collect();
    await sendInstances(peerAt(port), objects.map(sendable), onReceipt, { operationsWindow: wanted });
    expect(Math.max(...outstanding)).toBe(expected);
    expect(uidsOf(receipts)).toEqual(uidsOf(objects));
    for (const [index, { sopInstanceUid }] of objects.entries()) {
      const receipt = receipts.find((one) => one.sopInstanceUid === sopInstanceUid);
      expect(receipt?.status).toBe((index + 1) % 2);
    }
  });

  it('is used towards a receiver of ours', async () => {
    const receiver = await Receiver.start({}, { operationsWindow: 8 });
    const objects = objectsOf(60);
    const { receipts, onReceipt } = collect();
    await sendInstances(peerAt(receiver.port), objects.map(sendable), onReceipt, { operationsWindow: 16 });
    expect(receipts.map((one) => one.sopInstanceUid)).toEqual(objects.map((one) => one.sopInstanceUid));
    expect(receiver.received.map((one) => one.sha256)).toEqual(objects.map(({ dataSet }) => sha256(dataSet)));
  });

  it('leaves several objects unanswered when the association breaks', async () => {
    const port = await rawServer((peer) => {
      void accepting(peer, 3).then(async () => {
        for (let pdus = 0; pdus < 6; pdus += 1) await peer.next();
        peer.socket.destroy();
      });
    });
    const objects = objectsOf(5);
    const sending = sendInstances(peerAt(port), objects.map(sendable), () => undefined, { operationsWindow: 3 });
    await expect(sending).rejects.toMatchObject({
      code: 'dicom-network.connection-lost',
      details: { unanswered: objects.slice(0, 3).map(({ sopInstanceUid }) => sopInstanceUid) },
    });
  });
});

describe('alternatives', () => {
  const stored = makeObject(syntax.rle);
  const plain = makeObject(syntax.explicitLittle);
  const taking = (...taken: readonly string[]) =>
    Receiver.start({
      associate: ({ contexts }) => ({
        accept: negotiate(contexts, (_, [only]) => (only !== undefined && taken.includes(only) ? only : 4)),
      }),
    });
  const alternatives = () => [
    { transferSyntaxUid: syntax.explicitLittle, open: () => Promise.resolve(Readable.from([plain.dataSet])) },
    { transferSyntaxUid: syntax.implicitLittle, open: () => expect.fail('the other one comes first') },
  ];
  const send = async (receiver: Receiver) => {
    const { receipts, onReceipt } = collect();
    await sendInstances(peerAt(receiver.port), [sendable(stored)], onReceipt, { alternatives });
    return receipts;
  };

  it('are proposed as contexts of their own, and not used where the stored form is taken', async () => {
    const receiver = await taking(syntax.explicitLittle, syntax.rle);
    expect(await send(receiver)).toMatchObject([{ status: 0, transferSyntaxUid: syntax.rle }]);
    expect(receiver.received.map((one) => one.sha256)).toEqual([sha256(stored.dataSet)]);
    expect(receiver.accepted[0]?.contexts.map(({ transferSyntax }) => transferSyntax)).toEqual([
      syntax.rle,
      syntax.explicitLittle,
      null,
    ]);
  });

  it('are sent where the stored form is refused, the first one that is taken', async () => {
    const receiver = await taking(syntax.explicitLittle, syntax.implicitLittle);
    expect(await send(receiver)).toMatchObject([{ status: 0, transferSyntaxUid: syntax.explicitLittle }]);
    expect(receiver.received).toMatchObject([
      {
        sopInstanceUid: stored.sopInstanceUid,
        sha256: sha256(plain.dataSet),
        transferSyntaxUid: syntax.explicitLittle,
      },
    ]);
  });

  it('are of no use where none of them is taken', async () => {
    const [receipt] = await send(await taking());
    expect(receipt).toMatchObject({ status: 0x0122, transferSyntaxUid: undefined });
    expect(receipt?.comment).toContain(`${syntax.rle} or ${syntax.explicitLittle} or ${syntax.implicitLittle}`);
  });
});
