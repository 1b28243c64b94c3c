import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import type { RefusedStore } from './store-scp-handlers.js';

afterEach(closeOpened);

const object = makeObject(syntax.explicitLittle, 1_024);
const { dataSet, sopInstanceUid } = object;

describe('A C-STORE that is refused for what its command says', () => {
  it.each([
    ['another SOP class than its context', { affectedSopClassUid: '1.2.3' }, 0x0122, sopInstanceUid],
    ['no SOP class', { affectedSopClassUid: undefined }, 0x0122, sopInstanceUid],
    ['a path as its UID', { affectedSopInstanceUid: '../../x' }, 0x0117, '../../x'],
    ['no UID', { affectedSopInstanceUid: undefined }, 0x0117, ''],
  ])('because it has %s is told to who writes it down, before it is answered', async (_, change, status, uid) => {
    const told: RefusedStore[] = [];
    const receiver = await Receiver.start({ storeRefused: async (__, refused) => void told.push(refused) });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(storeCommand(1, object, change), data(1, dataSet));
    expect((await peer.response()).status).toBe(status);
    expect(told).toEqual([{ sopInstanceUid: uid, answer: { status, comment: expect.any(String) } }]);
    expect(receiver.received).toEqual([]);
  });

  it('is answered also where it cannot be written down, which is a failure of ours', async () => {
    const receiver = await Receiver.start({ storeRefused: () => Promise.reject(new Error('the log is away')) });
    const peer = await RawPeer.associate(receiver.port, associateRequest(both));
    peer.send(storeCommand(3, object), data(3, dataSet), echoRequest(2, 3));
    expect((await peer.response()).status).toBe(0x0122);
    expect((await peer.response()).status).toBe(0);
    expect(receiver.failures).toEqual([expect.objectContaining({ message: 'the log is away' })]);
  });
});
