import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { RawPeer, associateRequest, command, contextsFor, data, storeCommand } from '../../test/raw-peer.js';
import { eventually, Receiver, sha256 } from '../../test/receiver.js';
import { makeObject, SECONDARY_CAPTURE, syntax } from '../../test/test-object.js';
import { VERIFICATION_SOP_CLASS } from '../association/negotiate.js';
import { decodeCommand } from '../dimse/decode-command.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { encodePdu } from '../pdu/encode-pdu.js';
import { pduType } from '../pdu/pdu-type.js';
import { rejection } from '../pdu/reject-pdu.js';
import { encodeReleaseRequest } from '../pdu/release-pdu.js';
import { StoreScp } from './store-scp.js';

const receivers: Receiver[] = [];
const start = async (...args: Parameters<typeof Receiver.start>): Promise<Receiver> => {
  const receiver = await Receiver.start(...args);
  receivers.push(receiver);
  return receiver;
};
afterEach(() => Promise.all(receivers.splice(0).map((receiver) => receiver.close())));

const object = makeObject(syntax.explicitLittle, 8_192);
const echoRequest = (messageId: number, contextId = 1): Buffer =>
  command(contextId, {
    commandField: 0x0030,
    hasDataSet: false,
    messageId,
    affectedSopClassUid: VERIFICATION_SOP_CLASS,
  });

/** Opens an association and waits until it is accepted. */
const associate = async (receiver: Receiver, request = associateRequest()): Promise<RawPeer> => {
  const peer = await RawPeer.connect(receiver.port);
  peer.send(request);
  expect((await peer.next()).readUInt8(0)).toBe(pduType.associateAccept);
  return peer;
};
const response = async (peer: RawPeer) => decodeCommand((await peer.next()).subarray(12));
const both = contextsFor([SECONDARY_CAPTURE, syntax.explicitLittle], [VERIFICATION_SOP_CLASS, syntax.implicitLittle]);

describe('an association', () => {
  it('answers echoes and objects in their order, though they are sent ahead, and is released', async () => {
    const receiver = await start();
    const peer = await associate(receiver, associateRequest(both));
    peer.send(
      storeCommand(1, object, { messageId: 1 }),
      data(1, object.dataSet),
      echoRequest(2, 3),
      storeCommand(1, object, { messageId: 3 }),
      data(1, object.dataSet.subarray(0, 1_000), false),
      data(1, object.dataSet.subarray(1_000)),
      encodeReleaseRequest(),
    );
    const answers = [await response(peer), await response(peer), await response(peer)];
    expect(answers.map(({ messageIdBeingRespondedTo: id, status }) => [id, status])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect((await peer.next()).readUInt8(0)).toBe(pduType.releaseResponse);
    await peer.closed;
    expect(receiver.received.map((received) => received.sha256)).toEqual([
      sha256(object.dataSet),
      sha256(object.dataSet),
    ]);
    expect(receiver.endings).toEqual([{ by: 'release', reason: 'released by the peer' }]);
  });

  it('is told of with all that is known of the peer', async () => {
    const receiver = await start({
      associate: () => ({
        accept: [
          { id: 1, transferSyntax: syntax.explicitLittle },
          { id: 3, refused: 4 },
        ],
      }),
    });
    await associate(receiver, associateRequest(both));
    expect(receiver.accepted).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        callingAeTitle: 'RAW',
        calledAeTitle: 'WAYSTATION',
        address: '127.0.0.1',
        implementationClassUid: '1.2.3',
        implementationVersionName: '',
        maximumLength: 16_384,
        contexts: [
          { id: 1, abstractSyntax: SECONDARY_CAPTURE, transferSyntax: syntax.explicitLittle },
          { id: 3, abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntax: null },
        ],
        openedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  it('goes on when an object is refused before it has come in', async () => {
    const receiver = await start({
      store: (_, request) =>
        request.messageId === 1
          ? Promise.resolve({ status: 0xa700, comment: 'disk full\nsorry '.repeat(9) })
          : receiver.take(request),
    });
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(50);
    expect(peer.pduTypes).toEqual([pduType.associateAccept]);
    peer.send(
      data(1, object.dataSet.subarray(4_000)),
      storeCommand(1, object, { messageId: 2 }),
      data(1, object.dataSet),
    );
    const first = await response(peer);
    expect([first.status, first.errorComment]).toEqual([0xa700, 'disk full?sorry '.repeat(4).trim()]);
    expect((await response(peer)).status).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  it('lets the rest of an object go by when its handler stops half way', async () => {
    const receiver = await start({
      store: async (_, request) => {
        for await (const chunk of request.data) return { status: chunk.length > 0 ? 0xc000 : 0 };
        return { status: 0 };
      },
    });
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet, false));
    await sleep(30);
    peer.send(data(1, Buffer.alloc(8_000)));
    expect((await response(peer)).status).toBe(0xc000);
  });

  it('answers 0x0110 and says so when a handler fails', async () => {
    const receiver = await start({ store: () => Promise.reject(new Error('a defect')) });
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet));
    expect((await response(peer)).status).toBe(0x0110);
    expect(receiver.failures).toEqual([new Error('a defect')]);
  });

  it('answers a peer that has closed its half of the connection', async () => {
    const receiver = await start();
    const peer = await associate(receiver);
    peer.socket.end(Buffer.concat([storeCommand(1, object), data(1, object.dataSet)]));
    expect((await response(peer)).status).toBe(0);
    await peer.closed;
    expect(receiver.endings.map(({ by }) => by)).toEqual(['network']);
  });

  it.each([
    ['another SOP class than the context', { affectedSopClassUid: '1.2.3' }, 1, 0x0122],
    ['no SOP class', { affectedSopClassUid: undefined }, 1, 0x0122],
    ['the Verification context', {}, 3, 0x0122],
    ['a SOP instance UID that is a path', { affectedSopInstanceUid: '../../etc/cron.d/x' }, 1, 0x0117],
    ['a SOP instance UID of 65 characters', { affectedSopInstanceUid: '1'.repeat(65) }, 1, 0x0117],
    ['an operation that is none', { commandField: 0x0777 }, 1, 0x0211],
    ['C-FIND', { commandField: 0x0020 }, 1, 0x0211],
  ])('refuses a command with %s and goes on', async (_, change, contextId, status) => {
    const receiver = await start();
    const peer = await associate(receiver, associateRequest(both));
    peer.send(storeCommand(contextId, object, change), data(contextId, object.dataSet), echoRequest(9, 3));
    expect((await response(peer)).status).toBe(status);
    expect((await response(peer)).messageIdBeingRespondedTo).toBe(9);
    expect(receiver.received).toEqual([]);
  });

  it('refuses a C-STORE without a data set', async () => {
    const peer = await associate(await start());
    peer.send(storeCommand(1, object, { hasDataSet: false }));
    expect((await response(peer)).status).toBe(0xc000);
  });

  it('does not answer C-CANCEL', async () => {
    const peer = await associate(await start(), associateRequest(both));
    peer.send(command(1, { commandField: 0x0fff, hasDataSet: false, messageIdBeingRespondedTo: 5 }), echoRequest(6, 3));
    expect((await response(peer)).messageIdBeingRespondedTo).toBe(6);
  });
});

describe('a breach of the protocol', () => {
  const release = encodeReleaseRequest();
  const stray = data(1, Buffer.from('stray'));
  const dataHead = (length: number): Buffer => {
    const head = Buffer.from([4, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(length, 2);
    return head;
  };

  it.each([
    ['data', stray, 2],
    ['a release request', release, 2],
    ['an acceptance', encodePdu(pduType.associateAccept, Buffer.alloc(100)), 2],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1],
    ['a TLS greeting', Buffer.from('1603010200010001fc0303', 'hex'), 1],
    ['an association request of 1 MiB', Buffer.from('010000100000', 'hex'), 6],
    ['an association request of noise', encodePdu(pduType.associateRequest, Buffer.alloc(300, 0x50)), 6],
  ])('before the association, as %s, is answered with an abort', async (_, bytes, reason) => {
    const receiver = await start();
    const peer = await RawPeer.connect(receiver.port);
    peer.send(bytes);
    expect((await peer.next()).toString('hex')).toBe(encodeAbort({ source: 2, reason }).toString('hex'));
    await peer.closed;
    expect(receiver.refused).toEqual([
      { address: '127.0.0.1', callingAeTitle: '', calledAeTitle: '', reason: expect.any(String) },
    ]);
    expect([receiver.accepted, receiver.endings]).toEqual([[], []]);
  });

  it.each([
    ['a second association request', associateRequest(), 2],
    ['an unknown PDU type', Buffer.from([0x09, 0, 0, 0, 0, 0]), 1],
    ['a PDU of 4 GiB', dataHead(0xffffffff), 6],
    ['a PDU longer than announced', dataHead(131_072 + 13), 6],
    ['a PDU without content', dataHead(0), 6],
    ['a PDV longer than its PDU', Buffer.from('04000000000a0000ffff0100', 'hex'), 6],
    ['a context that was not accepted', storeCommand(7, object), 6],
    ['a data set without a command', stray, 5],
    ['a command inside a data set', Buffer.concat([storeCommand(1, object), echoRequest(2)]), 5],
    ['data behind a command that has none', Buffer.concat([storeCommand(1, object, { hasDataSet: false }), stray]), 5],
    [
      'a response instead of a request',
      command(1, { commandField: 0x8001, hasDataSet: false, messageId: 1, status: 0 }),
      5,
    ],
    ['a command without a message id', storeCommand(1, object, { messageId: undefined }), 6],
    ['a command set of noise', data(1, Buffer.alloc(64, 0x33)).fill(3, 11, 12), 6],
    ['a release inside an object', Buffer.concat([storeCommand(1, object), release]), 2],
    ['a release response', encodePdu(pduType.releaseResponse, Buffer.alloc(4)), 2],
  ])('inside an association, as %s, is answered with an abort', async (_, bytes, reason) => {
    const receiver = await start();
    const peer = await associate(receiver);
    peer.send(bytes);
    await eventually(() => peer.pduTypes.includes(pduType.abort));
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason }).toString('hex'));
    await peer.closed;
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.endings.map(({ by }) => by)).toEqual(['waystation']);
    expect(receiver.received).toEqual([]);
  });

  it('leaves other associations alone', async () => {
    const receiver = await start();
    const good = await associate(receiver);
    good.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 100), false));
    const bad = await associate(receiver);
    bad.send(dataHead(0xffffffff));
    await bad.closed;
    good.send(data(1, object.dataSet.subarray(100)));
    expect((await response(good)).status).toBe(0);
  });
});

describe('a peer that is not wanted', () => {
  it('gets nothing through after its rejection', async () => {
    const receiver = await start({
      associate: (request) =>
        request.calledAeTitle === 'WAYSTATION'
          ? { accept: [{ id: 1, transferSyntax: syntax.explicitLittle }] }
          : { reject: rejection.calledAeTitleNotRecognized, because: `${request.calledAeTitle} is not served` },
    });
    const peer = await RawPeer.connect(receiver.port);
    peer.send(associateRequest(undefined, { called: 'OTHER' }), storeCommand(1, object), data(1, object.dataSet));
    expect((await peer.next()).toString('hex')).toBe('03000000000400010107');
    peer.send(storeCommand(1, object), data(1, object.dataSet), associateRequest(), storeCommand(1, object));
    await peer.closed;
    expect(peer.pduTypes).toEqual([pduType.associateReject]);
    expect([receiver.received, receiver.accepted, receiver.endings]).toEqual([[], [], []]);
    expect(receiver.refused).toEqual([
      { address: '127.0.0.1', callingAeTitle: 'RAW', calledAeTitle: 'OTHER', reason: 'OTHER is not served' },
    ]);
  });

  it('is rejected for now when the decision fails', async () => {
    const receiver = await start({ associate: () => expect.fail('a defect') });
    const peer = await RawPeer.connect(receiver.port);
    peer.send(associateRequest());
    expect((await peer.next()).toString('hex')).toBe('03000000000400020101');
    expect(receiver.failures).toHaveLength(1);
  });

  it.each([1, 6, 7, 127])('is rejected when it takes PDUs of %i bytes', async (maximumLength) => {
    const receiver = await start();
    const peer = await RawPeer.connect(receiver.port);
    peer.send(associateRequest(undefined, { maximumLength }));
    expect((await peer.next()).readUInt8(0)).toBe(pduType.associateReject);
    expect(receiver.refused[0]?.reason).toContain(`maximum length is ${maximumLength}`);
  });

  it('is rejected when it has too many associations, until one ends', async () => {
    const receiver = await start({}, { maxAssociationsPerAddress: 2 });
    const first = await associate(receiver);
    await associate(receiver);
    const third = await RawPeer.connect(receiver.port);
    third.send(associateRequest());
    expect((await third.next()).toString('hex')).toBe('03000000000400020302');
    first.socket.destroy();
    await eventually(() => receiver.endings.length === 1);
    await associate(receiver);
  });

  it('is closed when it connects over and over without a word', async () => {
    const receiver = await start({}, { maxAssociationsPerAddress: 1 });
    const peers = await Promise.all([1, 2, 3].map(() => RawPeer.connect(receiver.port)));
    await Promise.race(peers.map((peer) => peer.closed));
    expect(receiver.refused.map(({ reason }) => reason)).toEqual(['too many connections without an association']);
  });
});

describe('a peer that is slow', () => {
  it.each([
    ['says nothing', undefined],
    ['trickles its request', 20],
  ])('is closed when it %s', async (_, everyMs) => {
    const receiver = await start({}, { artimMs: 200 });
    const peer = await RawPeer.connect(receiver.port);
    const bytes = [...associateRequest()];
    const timer = setInterval(() => peer.socket.write(Buffer.from([bytes.shift() ?? 0])), everyMs ?? 100_000);
    await peer.closed;
    clearInterval(timer);
    expect(receiver.refused.map(({ reason }) => reason)).toEqual(['no association request within 200 ms']);
  });

  it('is aborted when it lets its association lie, even inside an object', async () => {
    const receiver = await start({}, { idleMs: 200 });
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 50), false));
    await peer.closed;
    expect(receiver.endings).toEqual([{ by: 'waystation', reason: 'the peer was idle for 200 ms' }]);
    expect(receiver.broken).toHaveLength(1);
  });

  it('is waited for while its object is being stored', async () => {
    const receiver = await start(
      { store: async (_, request) => (await receiver.take(request), await sleep(700), { status: 0 }) },
      { idleMs: 200 },
    );
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet));
    expect((await response(peer)).status).toBe(0);
  });
});

describe('what waits in memory', () => {
  it('is bounded when the handler is slow: the peer is held', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const receiver = await start({ store: async (_, request) => (await held, receiver.take(request)) });
    const peer = await associate(receiver);
    const chunk = data(1, Buffer.alloc(65_536, 5), false);
    peer.send(storeCommand(1, object));
    for (let count = 0; count < 1_024; count += 1) peer.socket.write(chunk);
    await sleep(500);
    // 64 MiB were offered; the kernel's socket buffers take a few, and two PDUs wait here.
    const held64 = peer.socket.writableLength;
    expect(held64).toBeGreaterThan(40 * 1_048_576);
    release();
    peer.send(data(1, Buffer.from('end!')));
    expect((await response(peer)).status).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  it('is bounded when a peer asks and never reads the answers', async () => {
    const receiver = await start({}, { idleMs: 1_000 });
    const peer = await associate(receiver, associateRequest(both));
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
    const receiver = await start();
    const peer = await associate(receiver);
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
    const receiver = await start({
      store: async (_, request) => {
        await receiver.take(request);
        await sleep(100);
        order.push('stored');
        return { status: 0 };
      },
      ended: () => order.push('ended'),
    });
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet));
    await eventually(() => receiver.received.length === 1);
    peer.socket.destroy();
    await eventually(() => order.includes('ended'));
    expect(order).toEqual(['stored', 'ended']);
  });
});

describe('the server', () => {
  it('says which port is taken', async () => {
    const { port } = await start();
    const { handlers } = {
      handlers: { associate: () => expect.fail(), store: () => expect.fail(), ended: () => undefined },
    };
    await expect(StoreScp.listen({ host: '127.0.0.1', port, handlers })).rejects.toEqual(
      expect.objectContaining({
        code: 'dicom-network.port-taken',
        message: `Port ${port} of 127.0.0.1 is taken by another program`,
      }),
    );
  });

  it('lets a running store finish and be answered when it closes', async () => {
    const receiver = await start();
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(50);
    const closed = receiver.close(10_000);
    await expect(RawPeer.connect(receiver.port)).rejects.toThrow();
    peer.send(data(1, object.dataSet.subarray(4_000)));
    expect((await response(peer)).status).toBe(0);
    await closed;
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason: 0 }).toString('hex'));
    expect(receiver.received).toHaveLength(1);
    expect(receiver.endings).toEqual([{ by: 'waystation', reason: 'Waystation is shutting down' }]);
  });

  it('aborts what is still running when the grace is over', async () => {
    const receiver = await start();
    const peer = await associate(receiver);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(50);
    await receiver.close(100);
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason: 0 }).toString('hex'));
    expect(receiver.broken).toEqual([expect.objectContaining({ code: 'dicom-network.connection-lost' })]);
  });
});
