import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, command, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { Receiver, sha256 } from '../../test/receiver.js';
import { makeObject, SECONDARY_CAPTURE, syntax } from '../../test/test-object.js';
import { VERIFICATION_SOP_CLASS } from '../association/negotiate.js';
import { encodeAbort } from '../pdu/abort-pdu.js';
import { pduType } from '../pdu/pdu-type.js';
import { encodeReleaseRequest } from '../pdu/release-pdu.js';
import { StoreScp } from './store-scp.js';

afterEach(closeOpened);

const object = makeObject(syntax.explicitLittle, 8_192);

describe('an association', () => {
  it('answers echoes and objects in their order, though they are sent ahead, and is released', async () => {
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port, associateRequest(both));
    peer.send(
      storeCommand(1, object, { messageId: 1 }),
      data(1, object.dataSet),
      echoRequest(2, 3),
      storeCommand(1, object, { messageId: 3 }),
      data(1, object.dataSet.subarray(0, 1_000), false),
      data(1, object.dataSet.subarray(1_000)),
      encodeReleaseRequest(),
    );
    const answers = [await peer.response(), await peer.response(), await peer.response()];
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
    const receiver = await Receiver.start({
      associate: () => ({
        accept: [
          { id: 1, transferSyntax: syntax.explicitLittle },
          { id: 3, refused: 4 },
        ],
      }),
    });
    await RawPeer.associate(receiver.port, associateRequest(both));
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
    const receiver = await Receiver.start({
      store: (_, request) =>
        request.messageId === 1
          ? Promise.resolve({ status: 0xa700, comment: 'disk full\nsorry '.repeat(9) })
          : receiver.take(request),
    });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(50);
    expect(peer.pduTypes).toEqual([pduType.associateAccept]);
    peer.send(
      data(1, object.dataSet.subarray(4_000)),
      storeCommand(1, object, { messageId: 2 }),
      data(1, object.dataSet),
    );
    const first = await peer.response();
    expect([first.status, first.errorComment]).toEqual([0xa700, 'disk full?sorry '.repeat(4).trim()]);
    expect((await peer.response()).status).toBe(0);
    expect(receiver.received).toHaveLength(1);
  });

  it('lets the rest of an object go by when its handler stops half way', async () => {
    const receiver = await Receiver.start({
      store: async (_, request) => {
        for await (const chunk of request.data) return { status: chunk.length > 0 ? 0xc000 : 0 };
        return { status: 0 };
      },
    });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet, false));
    await sleep(30);
    peer.send(data(1, Buffer.alloc(8_000)));
    expect((await peer.response()).status).toBe(0xc000);
  });

  it('answers 0x0110 and says so when a handler fails', async () => {
    const receiver = await Receiver.start({ store: () => Promise.reject(new Error('a defect')) });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet));
    expect((await peer.response()).status).toBe(0x0110);
    expect(receiver.failures).toEqual([new Error('a defect')]);
  });

  it('answers a peer that has closed its half of the connection', async () => {
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port);
    peer.socket.end(Buffer.concat([storeCommand(1, object), data(1, object.dataSet)]));
    expect((await peer.response()).status).toBe(0);
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
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port, associateRequest(both));
    peer.send(storeCommand(contextId, object, change), data(contextId, object.dataSet), echoRequest(9, 3));
    expect((await peer.response()).status).toBe(status);
    expect((await peer.response()).messageIdBeingRespondedTo).toBe(9);
    expect(receiver.received).toEqual([]);
  });

  it('refuses a C-STORE without a data set', async () => {
    const peer = await RawPeer.associate((await Receiver.start()).port);
    peer.send(storeCommand(1, object, { hasDataSet: false }));
    expect((await peer.response()).status).toBe(0xc000);
  });

  it('does not answer C-CANCEL', async () => {
    const peer = await RawPeer.associate((await Receiver.start()).port, associateRequest(both));
    peer.send(command(1, { commandField: 0x0fff, hasDataSet: false, messageIdBeingRespondedTo: 5 }), echoRequest(6, 3));
    expect((await peer.response()).messageIdBeingRespondedTo).toBe(6);
  });
});

describe('the server', () => {
  it('says which port is taken', async () => {
    const { port } = await Receiver.start();
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
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(50);
    const closed = receiver.close(10_000);
    await expect(RawPeer.connect(receiver.port)).rejects.toThrow();
    peer.send(data(1, object.dataSet.subarray(4_000)));
    expect((await peer.response()).status).toBe(0);
    await closed;
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason: 0 }).toString('hex'));
    expect(receiver.received).toHaveLength(1);
    expect(receiver.endings).toEqual([{ by: 'waystation', reason: 'Waystation is shutting down' }]);
  });

  it('aborts what is still running when the grace is over', async () => {
    const receiver = await Receiver.start();
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object), data(1, object.dataSet.subarray(0, 4_000), false));
    await sleep(50);
    await receiver.close(100);
    expect(peer.pdus.at(-1)?.toString('hex')).toBe(encodeAbort({ source: 2, reason: 0 }).toString('hex'));
    expect(receiver.broken).toEqual([expect.objectContaining({ code: 'dicom-network.connection-lost' })]);
  });
});
