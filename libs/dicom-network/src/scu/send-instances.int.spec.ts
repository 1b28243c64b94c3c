import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { heldMemory } from '../../test/held-memory.js';
import { closeOpened } from '../../test/opened.js';
import { freePort } from '../../test/dcmtk.js';
import { Receiver, sha256 } from '../../test/receiver.js';
import { collect, peerAt, sendable } from '../../test/sending.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { echo } from './echo.js';
import { sendInstances } from './send-instances.js';
import type { SendReceipt } from './sendable-instance.js';

afterEach(closeOpened);

const coded = (code: string) => expect.objectContaining({ code: `dicom-network.${code}` });
const object = makeObject(syntax.explicitLittle, 8_192);

describe('Waystation to Waystation', () => {
  it('sends every transfer syntax bit by bit, with receipts in order', async () => {
    const receiver = await Receiver.start();
    const objects = [...Object.values(syntax), ...Object.values(syntax)].map((uid) => makeObject(uid, 131_072));
    const { receipts, onReceipt } = collect();
    const summary = await sendInstances(peerAt(receiver.port), objects.map(sendable), onReceipt);
    expect(summary).toEqual({ associations: 1, stored: 12, refused: 0 });
    expect(receipts.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(
      objects.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(receiver.received.map((one) => [one.transferSyntaxUid, one.sha256])).toEqual(
      objects.map(({ transferSyntaxUid, dataSet }) => [transferSyntaxUid, sha256(dataSet)]),
    );
    expect(receiver.accepted[0]).toMatchObject({ callingAeTitle: 'WAYSTATION', calledAeTitle: 'TARGET' });
    expect(receiver.endings).toEqual([{ by: 'release', reason: 'released by the peer' }]);
  });

  it('goes over several associations when there are more pairs than contexts', async () => {
    const receiver = await Receiver.start();
    const objects = Array.from({ length: 130 }, (_, index) => makeObject(syntax.explicitLittle, 128, `1.2.3.${index}`));
    const summary = await sendInstances(peerAt(receiver.port), objects.map(sendable), () => undefined);
    expect(summary).toEqual({ associations: 2, stored: 130, refused: 0 });
    expect(receiver.accepted.map(({ contexts }) => contexts.length)).toEqual([128, 2]);
  });

  it('reports statuses and comments as they are given', async () => {
    const receiver = await Receiver.start({
      store: (_, { messageId }) => Promise.resolve({ status: [0xb000, 0xa900][messageId - 1] ?? 0, comment: 'well' }),
    });
    const { receipts, onReceipt } = collect();
    const summary = await sendInstances(peerAt(receiver.port), [object, object].map(sendable), onReceipt);
    expect(summary).toMatchObject({ stored: 1, refused: 1 });
    expect(receipts.map(({ status, comment }) => [status, comment])).toEqual([
      [0xb000, 'well'],
      [0xa900, 'well'],
    ]);
  });

  it('streams a large object without holding it in memory, to a receiver that is slow', async () => {
    const receiver = await Receiver.start({
      store: async (_, request) => {
        let chunks = 0;
        for await (const chunk of request.data) {
          chunks += chunk.length > 0 ? 1 : 0;
          if (chunks % 64 === 0) await sleep(1);
        }
        return { status: 0 };
      },
    });
    let produced = 0;
    let most = 0;
    const before = heldMemory();
    const source = async function* () {
      for (; produced < 4_096; produced += 1) {
        if (produced % 256 === 0) most = Math.max(most, heldMemory() - before);
        yield Buffer.alloc(65_536, produced);
      }
    };
    const huge = { ...sendable(object), open: () => Promise.resolve(Readable.from(source(), { highWaterMark: 2 })) };
    await sendInstances(peerAt(receiver.port), [huge], () => undefined);
    expect(produced).toBe(4_096);
    // Of the 256 MiB that went through.
    expect(most).toBeLessThan(64 * 1_048_576);
  });

  it('echoes', async () => {
    const receiver = await Receiver.start();
    expect(await echo(peerAt(receiver.port))).toMatchObject({ status: 0, maximumLength: 131_072 });
  });
});

describe('a sender', () => {
  it('says that nobody is there', async () => {
    await expect(echo(peerAt(await freePort()))).rejects.toEqual(coded('unreachable'));
  });

  it('waits for receipts to be taken note of, and keeps what was receipted when that fails', async () => {
    const receiver = await Receiver.start();
    const taken: string[] = [];
    const failing = async ({ sopInstanceUid }: SendReceipt) => {
      await sleep(20);
      taken.push(sopInstanceUid);
      throw new Error('cannot be written down');
    };
    await expect(sendInstances(peerAt(receiver.port), [object, object].map(sendable), failing)).rejects.toThrow(
      'cannot be written down',
    );
    expect([taken.length, receiver.received.length]).toEqual([1, 1]);
  });

  it('breaks off when it is told to, even while its source hangs', async () => {
    const receiver = await Receiver.start();
    const controller = new AbortController();
    let [read, destroyed] = [false, false];
    const hanging = new Readable({
      read: () => void (read = true),
      destroy: (_, done) => ((destroyed = true), done(null)),
    });
    const sending = sendInstances(
      { ...peerAt(receiver.port), signal: controller.signal },
      [{ ...sendable(object), open: () => Promise.resolve(hanging) }],
      () => undefined,
    );
    await vi.waitFor(() => expect(read).toBe(true), { timeout: 30_000 });
    controller.abort();
    await expect(sending).rejects.toEqual(coded('cancelled'));
    expect(destroyed).toBe(true);
  });

  it('does not begin when it was told to stop before', async () => {
    const receiver = await Receiver.start();
    const peer = { ...peerAt(receiver.port), signal: AbortSignal.abort() };
    await expect(echo(peer)).rejects.toEqual(coded('cancelled'));
    expect(receiver.accepted).toEqual([]);
  });

  it.each([
    ['cannot be opened', () => Promise.reject(new Error('no such key'))],
    ['breaks half way', () => Promise.resolve(Readable.from(breaking()))],
  ])('aborts when an object %s, and what was receipted stays', async (_, open) => {
    const receiver = await Receiver.start();
    const { receipts, onReceipt } = collect();
    const objects = [sendable(object), { ...sendable(object), open }];
    await expect(sendInstances(peerAt(receiver.port), objects, onReceipt)).rejects.toEqual(coded('source-failed'));
    expect(receipts).toHaveLength(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('refuses an AE title that is none', async () => {
    await expect(echo({ ...peerAt(1), callingAeTitle: 'A NAME THAT IS TOO LONG' })).rejects.toEqual(
      coded('invalid-ae-title'),
    );
  });
});

const breaking = async function* () {
  yield Buffer.alloc(100_000);
  await sleep(20);
  throw new Error('the disk broke');
};
