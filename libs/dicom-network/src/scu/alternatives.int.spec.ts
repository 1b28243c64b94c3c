import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { Receiver, sha256 } from '../../test/receiver.js';
import { collect, peerAt, sendable } from '../../test/sending.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { negotiate } from '../association/negotiate.js';
import { sendInstances } from './send-instances.js';

afterEach(closeOpened);

describe('alternatives', () => {
  const stored = makeObject(syntax.rle);
  const plain = makeObject(syntax.explicitLittle);
  const taking = (...taken: readonly string[]) =>
    Receiver.start({
      associate: ({ contexts }) => ({
        accept: negotiate(contexts, (_, [only]) => (only !== undefined && taken.includes(only) ? only : 4)),
      }),
    });
  const alternatives = () => [
    { transferSyntaxUid: syntax.explicitLittle, open: () => Promise.resolve(Readable.from([plain.dataSet])) },
    { transferSyntaxUid: syntax.implicitLittle, open: () => expect.fail('the other one comes first') },
  ];
  const send = async (receiver: Receiver) => {
    const { receipts, onReceipt } = collect();
    await sendInstances(peerAt(receiver.port), [sendable(stored)], onReceipt, { alternatives });
    return receipts;
  };

  it('are proposed as contexts of their own, and not used where the stored form is taken', async () => {
    const receiver = await taking(syntax.explicitLittle, syntax.rle);
    expect(await send(receiver)).toMatchObject([{ status: 0, transferSyntaxUid: syntax.rle }]);
    expect(receiver.received.map((one) => one.sha256)).toEqual([sha256(stored.dataSet)]);
    expect(receiver.accepted[0]?.contexts.map(({ transferSyntax }) => transferSyntax)).toEqual([
      syntax.rle,
      syntax.explicitLittle,
      null,
    ]);
  });

  it('are sent where the stored form is refused, the first one that is taken', async () => {
    const receiver = await taking(syntax.explicitLittle, syntax.implicitLittle);
    expect(await send(receiver)).toMatchObject([{ status: 0, transferSyntaxUid: syntax.explicitLittle }]);
    expect(receiver.received).toMatchObject([
      {
        sopInstanceUid: stored.sopInstanceUid,
        sha256: sha256(plain.dataSet),
        transferSyntaxUid: syntax.explicitLittle,
      },
    ]);
  });

  it('are of no use where none of them is taken', async () => {
    const [receipt] = await send(await taking());
    expect(receipt).toMatchObject({ status: 0x0122, transferSyntaxUid: undefined });
    expect(receipt?.comment).toContain(`${syntax.rle} or ${syntax.explicitLittle} or ${syntax.implicitLittle}`);
  });
});
