import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, command, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { encodePdu } from '../pdu/encode-pdu.js';
import { pduType } from '../pdu/pdu-type.js';
import { encodeReleaseRequest } from '../pdu/release-pdu.js';

afterEach(closeOpened);

const object = makeObject(syntax.explicitLittle, 8_192);

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
    const receiver = await Receiver.start();
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
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port);
    peer.send(bytes);
    await eventually(() => peer.pduTypes.includes(pduType.abort));
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason }).toString('hex'));
    await peer.closed;
    await eventually(() => receiver.endings.length === 1);
    expect(receiver.endings.map(({ by }) => by)).toEqual(['waystation']);
    expect(receiver.received).toEqual([]);
  });

  it('leaves other associations alone', async () => {
    const receiver = await Receiver.start();
    const good = await RawPeer.associate(receiver.port);
    good.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 100), false));
    const bad = await RawPeer.associate(receiver.port);
    bad.send(dataHead(0xffffffff));
    await bad.closed;
    good.send(data(1, object.dataSet.subarray(100)));
    expect((await good.response()).status).toBe(0);
  });
});
