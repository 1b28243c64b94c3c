import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, data, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { pduType } from '../pdu/pdu-type.js';
import { rejection } from '../pdu/reject-pdu.js';

afterEach(closeOpened);

const object = makeObject(syntax.explicitLittle, 8_192);

describe('a peer that is not wanted', () => {
  it('gets nothing through after its rejection', async () => {
    const receiver = await Receiver.start({
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
    const receiver = await Receiver.start({ associate: () => expect.fail('a defect') });
    const peer = await RawPeer.connect(receiver.port);
    peer.send(associateRequest());
    expect((await peer.next()).toString('hex')).toBe('03000000000400020101');
    expect(receiver.failures).toHaveLength(1);
  });

  it.each([1, 6, 7, 127])('is rejected when it takes PDUs of %i bytes', async (maximumLength) => {
    const receiver = await Receiver.start();
    const peer = await RawPeer.connect(receiver.port);
    peer.send(associateRequest(undefined, { maximumLength }));
    expect((await peer.next()).readUInt8(0)).toBe(pduType.associateReject);
    expect(receiver.refused[0]?.reason).toContain(`maximum length is ${maximumLength}`);
  });

  it('is rejected when it has too many associations, until one ends', async () => {
    const receiver = await Receiver.start({}, { maxAssociationsPerAddress: 2 });
    const first = await RawPeer.associate(receiver.port);
    await RawPeer.associate(receiver.port);
    const third = await RawPeer.connect(receiver.port);
    third.send(associateRequest());
    expect((await third.next()).toString('hex')).toBe('03000000000400020302');
    first.socket.destroy();
    await eventually(() => receiver.endings.length === 1);
    await RawPeer.associate(receiver.port);
  });

  it('is closed when it connects over and over without a word', async () => {
    const receiver = await Receiver.start({}, { maxAssociationsPerAddress: 1 });
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
    const receiver = await Receiver.start({}, { artimMs: 200 });
    const peer = await RawPeer.connect(receiver.port);
    const bytes = [...associateRequest()];
    const timer = setInterval(() => peer.socket.write(Buffer.from([bytes.shift() ?? 0])), everyMs ?? 100_000);
    await peer.closed;
    clearInterval(timer);
    expect(receiver.refused.map(({ reason }) => reason)).toEqual(['no association request within 200 ms']);
  });

  it('is aborted when it lets its association lie, even inside an object', async () => {
    const receiver = await Receiver.start({}, { idleMs: 200 });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 50), false));
    await peer.closed;
    expect(receiver.endings).toEqual([{ by: 'waystation', reason: 'the peer was idle for 200 ms' }]);
    expect(receiver.broken).toHaveLength(1);
  });

  it('is waited for while its object is being stored', async () => {
    const receiver = await Receiver.start(
      { store: async (_, request) => (await receiver.take(request), await sleep(700), { status: 0 }) },
      { idleMs: 200 },
    );
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet));
    expect((await peer.response()).status).toBe(0);
  });
});
