import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { acceptAll, command, rawServer } from '../../test/raw-peer.js';
import { Receiver, sha256 } from '../../test/receiver.js';
import { collect, objectsOf, peerAt, sendable, uidsOf } from '../../test/sending.js';
import { decodeCommand } from '../dimse/decode-command.js';
import { pdvControl } from '../pdu/data-pdu.js';
import { pduType } from '../pdu/pdu-type.js';
import { encodeReleaseResponse } from '../pdu/release-pdu.js';
import { sendInstances } from './send-instances.js';

afterEach(closeOpened);

describe('a window of several operations', () => {
  /** A target that answers when `size` objects came or nothing more comes, the last one first. */
  const batching = (granted: number, outstanding: number[]) =>
    rawServer((peer) => {
      void (async () => {
        await acceptAll(peer, granted);
        const waiting: number[] = [];
        const answer = () => {
          outstanding.push(waiting.length);
          for (const id of waiting.splice(0).toReversed()) {
            peer.send(
              command(1, { commandField: 0x8001, hasDataSet: false, messageIdBeingRespondedTo: id, status: id % 2 }),
            );
          }
        };
        for (let quiet: ReturnType<typeof setTimeout> | undefined; ;) {
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
      void acceptAll(peer, 3).then(async () => {
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
