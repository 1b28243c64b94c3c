import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { CodedError } from '@waystation/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { Receiver } from '../../test/receiver.js';
import { collect, objectsOf, peerAt, sendable } from '../../test/sending.js';
import { sendInstances } from './send-instances.js';

afterEach(closeOpened);

/** Takes its time for every object, and lets others come meanwhile. */
const slowReceiver = () => Receiver.start({ store: (_, { data }) => slowly(data) }, { operationsWindow: 8 });
const slowly = async (data: AsyncIterable<Buffer>) => {
  for await (const chunk of data) void chunk;
  await delay(50);
  return { status: 0 };
};

const breaksInTheMiddle = () =>
  Promise.resolve(
    Readable.from(
      (async function* () {
        yield Buffer.alloc(100_000);
        await delay(1);
        throw new Error('the disk is gone');
      })(),
    ),
  );
const cannotBeOpened = () => Promise.reject(new Error('the disk is gone'));

describe('an object that cannot be read', () => {
  it.each([
    ['from the middle on', breaksInTheMiddle, true],
    ['at all', cannotBeOpened, false],
  ])('%s leaves none in doubt that were sent before it', async (_what, open, isInDoubt) => {
    const { port } = await slowReceiver();
    const objects = objectsOf(4).map(sendable);
    const [first, second, third] = objects.map(({ sopInstanceUid }) => sopInstanceUid);
    const { receipts, onReceipt } = collect();
    const broken = objects.map((each) => (each.sopInstanceUid === third ? { ...each, open } : each));
    const failure: unknown = await sendInstances(peerAt(port), broken, onReceipt, { operationsWindow: 8 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'dicom-network.source-failed' });
    expect((failure as CodedError).details).toEqual(isInDoubt ? { unanswered: [third] } : {});
    expect(receipts.map(({ sopInstanceUid, status }) => [sopInstanceUid, status])).toEqual([
      [first, 0],
      [second, 0],
    ]);
  });
});
