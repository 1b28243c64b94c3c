import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, command, echoRequest, RawPeer } from '../../test/raw-peer.js';
import { Receiver } from '../../test/receiver.js';
import { SECONDARY_CAPTURE } from '../../test/test-object.js';
import type { RefusedOperation } from './store-scp-handlers.js';

afterEach(closeOpened);

const request = (commandField: number): Buffer =>
  command(1, { commandField, hasDataSet: false, messageId: 7, affectedSopClassUid: SECONDARY_CAPTURE });

describe('An operation that is not served', () => {
  it.each([
    [0x0020, 'C-FIND'],
    [0x0010, 'C-GET'],
    [0x0140, 'N-CREATE'],
    [0x0777, 'unknown'],
  ])('is told by its name to who writes it down, before it is answered: %i', async (commandField, operation) => {
    const told: RefusedOperation[] = [];
    const receiver = await Receiver.start({ operationRefused: async (_, refused) => void told.push(refused) });
    const peer = await RawPeer.associate(receiver.port);
    peer.send(request(commandField));
    expect(await peer.response()).toMatchObject({ status: 0x0211, messageIdBeingRespondedTo: 7 });
    const answer = { status: 0x0211 };
    expect(told).toEqual([{ commandField, operation, abstractSyntax: SECONDARY_CAPTURE, answer }]);
  });

  it('is answered also where it cannot be written down, which is a failure of ours', async () => {
    const receiver = await Receiver.start({ operationRefused: () => Promise.reject(new Error('the log is away')) });
    const peer = await RawPeer.associate(receiver.port, associateRequest(both));
    peer.send(request(0x0020), echoRequest(8, 3));
    expect((await peer.response()).status).toBe(0x0211);
    expect((await peer.response()).status).toBe(0);
    expect(receiver.failures).toEqual([expect.objectContaining({ message: 'the log is away' })]);
  });
});
