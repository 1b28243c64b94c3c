import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { acceptAll, type RawPeer, rawServer } from '../../test/raw-peer.js';
import { Receiver } from '../../test/receiver.js';
import { collect, objectsOf, peerAt, sendable, uidsOf } from '../../test/sending.js';
import { sendInstances } from './send-instances.js';

afterEach(closeOpened);

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
      store: (_, request) => sleep(5).then(() => receiver.take(request)),
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
    const peer = peerAt(port, { timeoutMs: 60_000 });
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
      void acceptAll(peer).then(async () => {
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
    const receiver = await Receiver.start({ store: (_, request) => sleep(20).then(() => receiver.take(request)) });
    const failing = () => Promise.reject(new Error('the log is gone'));
    const sending = sendInstances(peerAt(receiver.port), objectsOf(40).map(sendable), failing, { associations: 4 });
    await expect(sending).rejects.toThrow('the log is gone');
    expect(receiver.received.length).toBeLessThan(12);
  });

  it('stop when they are told to', async () => {
    const receiver = await Receiver.start({ store: (_, request) => sleep(20).then(() => receiver.take(request)) });
    const controller = new AbortController();
    const sending = sendInstances(
      peerAt(receiver.port, { signal: controller.signal }),
      objectsOf(40).map(sendable),
      () => controller.abort(),
      { associations: 4 },
    );
    await expect(sending).rejects.toEqual(coded('cancelled'));
  });
});
