import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { Admission } from './admission.js';

afterEach(closeOpened);

/** iproute2, which Linux has. */
const hasSocketStatistics = spawnSync('ss', ['-V']).status === 0;
const object = makeObject(syntax.explicitLittle, 8_192);

describe('an object that is too large', () => {
  const pieces = (count: number, last = true) => [
    storeCommand(1, object),
    ...Array.from({ length: count }, (_, index) => data(1, Buffer.alloc(10_000), last && index === count - 1)),
  ];

  it('is taken up to the last byte of the limit', async () => {
    const receiver = await Receiver.start({}, { maxObjectBytes: 50_000 });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(...pieces(5));
    expect((await peer.response()).status).toBe(0);
  });

  it('is let go by and answered 0xA700; its handler is told and the association goes on', async () => {
    const receiver = await Receiver.start({}, { maxObjectBytes: 50_000 });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(...pieces(8), storeCommand(1, object, { messageId: 2 }), data(1, object.dataSet));
    expect(await peer.response()).toMatchObject({ status: 0xa700, errorComment: 'larger than 50000 bytes' });
    expect((await peer.response()).status).toBe(0);
    expect(receiver.broken).toEqual([expect.objectContaining({ code: 'dicom-network.object-too-large' })]);
    expect(receiver.failures).toEqual([]);
  });

  it('is answered 0xA700 whatever its handler says, even one that did not look', async () => {
    const receiver = await Receiver.start({ store: () => Promise.resolve({ status: 0 }) }, { maxObjectBytes: 50_000 });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(...pieces(8));
    expect((await peer.response()).status).toBe(0xa700);
  });

  it('is broken off when it does not end at twice the limit', async () => {
    const receiver = await Receiver.start({}, { maxObjectBytes: 50_000 });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(...pieces(11, false));
    await peer.closed;
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason: 0 }).toString('hex'));
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.endings[0]?.reason).toBe('An object has more than the 50000 bytes that are taken');
  });
});

describe('a message id that is still outstanding', () => {
  it('is refused with 0x0210, in order, and may be used again afterwards', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const receiver = await Receiver.start({ store: (_, request) => held.then(() => receiver.take(request)) });
    const peer = await RawPeer.associate(receiver.port, associateRequest(both));
    const store = [storeCommand(1, object, { messageId: 5 }), data(1, object.dataSet)];
    peer.send(...store, ...store, echoRequest(5, 3), echoRequest(6, 3));
    await sleep(50);
    release();
    const answers = [await peer.response(), await peer.response(), await peer.response(), await peer.response()];
    expect(answers.map(({ messageIdBeingRespondedTo: id, status }) => [id, status])).toEqual([
      [5, 0],
      [5, 0x0210],
      [5, 0x0210],
      [6, 0],
    ]);
    expect(receiver.received).toHaveLength(1);
    peer.send(...store);
    expect((await peer.response()).status).toBe(0);
  });
});

describe('a peer', () => {
  it.skipIf(!hasSocketStatistics)('waits for us beside thousands that call at the same moment', async () => {
    const receiver = await Receiver.start();
    const { stdout } = spawnSync('ss', ['-ltnH', `sport = :${receiver.port}`], { encoding: 'utf8' });
    const most = Number(await readFile('/proc/sys/net/core/somaxconn', 'utf8'));
    // State, queue, and what the queue holds.
    expect(Number(stdout.trim().split(/\s+/)[2])).toBe(Math.min(most, 4_096));
  });

  it('may have so many associations under one AE title, and others are served', async () => {
    const receiver = await Receiver.start({}, { maxAssociationsPerCaller: 1 });
    const first = await RawPeer.associate(receiver.port);
    const second = await RawPeer.connect(receiver.port);
    second.send(associateRequest());
    expect((await second.next()).toString('hex')).toBe('03000000000400020302');
    await RawPeer.associate(receiver.port, associateRequest(undefined, { calling: 'OTHER' }));
    first.socket.destroy();
    await eventually(() => receiver.endings.length === 1);
    await RawPeer.associate(receiver.port);
    expect(receiver.refused.map(({ reason }) => reason)).toEqual(['1 associations of RAW are open']);
  });

  it('may have so many associations over several ports that count together', async () => {
    const limits = { maxAssociations: 9, maxAssociationsPerAddress: 9, maxAssociationsPerCaller: 1 };
    const admission = new Admission(limits);
    const receivers = await Promise.all([1, 2].map(() => Receiver.start({}, { admission })));
    const [first, second] = receivers.map(({ port }) => port);
    await RawPeer.associate(first ?? 0);
    const peer = await RawPeer.connect(second ?? 0);
    peer.send(associateRequest());
    expect((await peer.next()).toString('hex')).toBe('03000000000400020302');
  });

  it('is aborted when it sends an object more slowly than it has to', async () => {
    const receiver = await Receiver.start({}, { idleMs: 400, minimumRate: 1_000_000 });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object));
    const trickle = setInterval(() => peer.send(data(1, Buffer.alloc(10_000), false)), 20);
    await peer.closed;
    clearInterval(trickle);
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.endings[0]?.reason).toBe('the peer was idle or sent less than 1000000 bytes/s for 400 ms');
  });

  it('is not blamed for a rate that is ours', async () => {
    const receiver = await Receiver.start(
      {
        store: async (_, request) => {
          for await (const chunk of request.data) await sleep(chunk.length / 1_000);
          return { status: 0 };
        },
      },
      { idleMs: 200, minimumRate: 100_000_000, maximumLength: 16_384 },
    );
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), ...Array.from({ length: 99 }, () => data(1, Buffer.alloc(10_000), false)));
    peer.send(data(1, Buffer.alloc(2)));
    expect((await peer.response()).status).toBe(0);
  });

  it('that goes away while it is held is noticed as soon as its data is taken on', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const receiver = await Receiver.start({ store: (_, request) => held.then(() => receiver.take(request)) });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object));
    for (let count = 0; count < 200; count += 1) peer.socket.write(data(1, Buffer.alloc(65_536), false));
    await sleep(200);
    peer.socket.resetAndDestroy();
    release();
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.broken).toEqual([expect.objectContaining({ code: 'dicom-network.connection-lost' })]);
  });

  it.skipIf(process.platform !== 'linux')('is kept alive, so that one whose plug was pulled is noticed', async () => {
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port);
    await sleep(100);
    const hex = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const ports = `${hex(receiver.port)} 0100007F${hex(peer.socket.localPort ?? 0)}`;
    const line = (await readFile('/proc/net/tcp', 'utf8')).split('\n').find((one) => one.includes(ports));
    // The timer that runs: 02 is keepalive.
    expect(line?.trim().split(/\s+/)[5]?.slice(0, 2)).toBe('02');
  });
});
