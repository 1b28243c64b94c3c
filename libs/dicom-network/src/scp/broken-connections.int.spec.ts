import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { encodeAbort } from '../pdu/abort-pdu.js';

afterEach(closeOpened);

const object = makeObject(syntax.explicitLittle, 8_192);

describe('what waits in memory', () => {
  it('is bounded when the handler is slow: the peer is held', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const receiver = await Receiver.start({ store: (_, request) => held.then(() => receiver.take(request)) });
    const peer = await RawPeer.associate(receiver.port);
    const chunk = data(1, Buffer.alloc(65_536, 5), false);
    peer.send(storeCommand(1, object));
    for (let count = 0; count < 1_024; count += 1) peer.socket.write(chunk);
    await sleep(500);
    // 64 MiB were offered; the kernel's socket buffers take a few, and two PDUs wait here.
    const held64 = peer.socket.writableLength;
    expect(held64).toBeGreaterThan(40 * 1_048_576);
    release();
    peer.send(data(1, Buffer.from('end!')));
    expect((await peer.response()).status).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  it('is bounded when a peer asks and never reads the answers', async () => {
    const receiver = await Receiver.start({}, { idleMs: 1_000 });
    const peer = await RawPeer.associate(receiver.port, associateRequest(both));
    peer.socket.pause();
    const flood = Buffer.concat(Array.from({ length: 500 }, () => echoRequest(1, 3)));
    for (let count = 0; count < 600; count += 1) peer.socket.write(flood);
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.endings[0]?.reason).toBe('the peer was idle for 1000 ms');
    expect(peer.socket.writableLength).toBeGreaterThan(0);
    peer.socket.destroy();
  });
});

describe('a connection that breaks inside an object', () => {
  it.each([
    ['by an abort', 'peer', (peer: RawPeer) => peer.send(encodeAbort({ source: 0, reason: 0 }))],
    ['by a reset', 'network', (peer: RawPeer) => peer.socket.resetAndDestroy()],
    ['by its end', 'network', (peer: RawPeer) => peer.socket.end()],
  ])('%s ends the data with an error and nothing is stored', async (_, by, breakOff) => {
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(30);
    breakOff(peer);
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.broken).toEqual([expect.objectContaining({ code: 'dicom-network.connection-lost' })]);
    expect(receiver.endings.map((ending) => ending.by)).toEqual([by]);
    expect([receiver.received, receiver.failures]).toEqual([[], []]);
  });

  it('is told of when its handlers have come to their end', async () => {
    const order: string[] = [];
    const receiver = await Receiver.start({
      store: async (_, request) => {
        await receiver.take(request);
        await sleep(100);
        order.push('stored');
        return { status: 0 };
      },
      ended: () => order.push('ended'),
    });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet));
    await eventually(() => receiver.received.length === 1);
    peer.socket.destroy();
    await eventually(() => order.includes('ended'));
    expect(order).toEqual(['stored', 'ended']);
  });
});
