import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStorescp } from '../../test/dcmtk.js';
import { readPart10 } from '../../test/part10.js';
import { sha256 } from '../../test/receiver.js';
import { readSamples } from '../../test/samples.js';
import { CT_IMAGE, even, makeObject, syntax, type TestObject } from '../../test/test-object.js';
import { echo } from './echo.js';
import { sendInstances } from './send-instances.js';
import type { SendableInstance, SendReceipt } from './sendable-instance.js';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'waystation-storescp-'))));
afterEach(() => rm(folder, { recursive: true }));

const withStorescp = async <T>(args: readonly string[], use: (port: number) => Promise<T>): Promise<T> => {
  const storescp = await startStorescp(folder, args);
  try {
    return await use(storescp.port);
  } finally {
    await storescp.stop();
  }
};
const peerAt = (port: number) => ({ host: '127.0.0.1', port, calledAeTitle: 'STORESCP', callingAeTitle: 'WAYSTATION' });
const sendable = ({ dataSet, ...object }: TestObject): SendableInstance => ({
  ...object,
  open: () =>
    Promise.resolve(Readable.from(dataSet.length < 7 ? [dataSet] : [dataSet.subarray(0, 7), dataSet.subarray(7)])),
});
const send = async (port: number, objects: readonly TestObject[]) => {
  const receipts: SendReceipt[] = [];
  const summary = await sendInstances(peerAt(port), objects.map(sendable), (receipt) => void receipts.push(receipt));
  return { summary, receipts };
};
const stored = async () => {
  const files = await Promise.all((await readdir(folder)).map((name) => readPart10(join(folder, name))));
  return files.map((file) => file && describeObject(file)).toSorted(byHash);
};
const describeObject = ({ sopInstanceUid, transferSyntaxUid, dataSet }: TestObject) => ({
  sopInstanceUid,
  transferSyntaxUid,
  sha256: sha256(dataSet),
});
const byHash = (a?: { sha256: string }, b?: { sha256: string }) => String(a?.sha256).localeCompare(String(b?.sha256));

describe('DCMTK as the receiver', () => {
  it('answers an echo and says who it is', async () => {
    const receipt = await withStorescp([], (port) => echo(peerAt(port)));
    expect(receipt).toMatchObject({ status: 0, maximumLength: 16_384, implementationVersionName: /^OFFIS_DCMTK/ });
  });

  it('gets objects of every transfer syntax bit by bit, over one association', async () => {
    const objects = [
      ...Object.values(syntax).map((transferSyntax) => makeObject(transferSyntax)),
      makeObject(syntax.explicitLittle, 1_048_576, CT_IMAGE),
    ];
    const { summary, receipts } = await withStorescp([], (port) => send(port, objects));
    expect(summary).toEqual({ associations: 1, stored: objects.length, refused: 0 });
    expect(receipts.map(({ sopInstanceUid, status }) => [sopInstanceUid, status])).toEqual(
      objects.map(({ sopInstanceUid }) => [sopInstanceUid, 0]),
    );
    expect(await stored()).toEqual(objects.map(describeObject).toSorted(byHash));
  });

  it('gets objects of real devices bit by bit, padded where their length is odd', async () => {
    const samples = await readSamples();
    const padded = samples.map((sample) => ({ ...sample, dataSet: even(sample.dataSet) }));
    const { receipts } = await withStorescp(['+uf'], (port) => send(port, samples));
    expect(receipts.filter(({ status }) => status !== 0)).toEqual([]);
    expect(await stored()).toEqual(padded.map(describeObject).toSorted(byHash));
  });

  it.each([4_096, 16_384, 131_072])('gets PDUs of at most the %i bytes it announces', async (length) => {
    const objects = [makeObject(syntax.explicitLittle, 1_048_576), makeObject(syntax.explicitLittle, 128)];
    await withStorescp(['-pdu', String(length)], (port) => send(port, objects));
    expect(await stored()).toEqual(objects.map(describeObject).toSorted(byHash));
  });

  it('rejects: the sender says so', async () => {
    await expect(withStorescp(['--refuse'], (port) => send(port, [makeObject(syntax.rle)]))).rejects.toEqual(
      expect.objectContaining({ code: 'dicom-network.rejected' }),
    );
  });

  it.each(['--abort-during', '--abort-after'])(
    'aborts (%s): the sender says which object has no answer',
    async (option) => {
      const object = makeObject(syntax.explicitLittle, 8_388_608);
      await expect(withStorescp([option], (port) => send(port, [object]))).rejects.toEqual(
        // DCMTK closes with data unread: the reset may overtake its A-ABORT.
        expect.objectContaining({
          code: expect.stringMatching(/aborted|connection-lost/),
          details: { unanswered: [object.sopInstanceUid] },
        }),
      );
    },
  );

  it('takes no compressed objects: they are reported as not sent, the others arrive', async () => {
    const objects = [makeObject(syntax.rle), makeObject(syntax.implicitLittle)];
    const { summary, receipts } = await withStorescp(['+xi'], (port) => send(port, objects));
    expect(summary).toEqual({ associations: 1, stored: 1, refused: 1 });
    expect(receipts.map(({ status, comment }) => [status, comment])).toEqual([
      [0x0122, expect.stringContaining('not sent')],
      [0, undefined],
    ]);
  });
});
