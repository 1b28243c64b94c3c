import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DecodeFrame } from '@waystation/dicom';
import { negotiate, StoreScp } from '@waystation/dicom-network';
import { DicomTarget } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import { syntheticInstance, type SyntheticInstance } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DicomSender } from './dicom-sender.js';
import type { OutgoingInstance, TargetReceipt } from './target-sender.js';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const JPEG_LOSSLESS = '1.2.840.10008.1.2.4.70';
const RLE = '1.2.840.10008.1.2.5';
const MPEG4 = '1.2.840.10008.1.2.4.102';

let folder = '';
let objects: ObjectStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-dispatch-'));
  objects = await openObjectStore(pathToFileURL(folder).href);
});
afterAll(async () => {
  await objects.close();
  await rm(folder, { recursive: true });
});

const running: StoreScp[] = [];
afterEach(() => Promise.all(running.splice(0).map((scp) => scp.close(0))));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

interface Came {
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSet: Buffer;
}

/** A target that takes some transfer syntaxes and no others. */
const targetTaking = async (...taken: readonly string[]) => {
  const came: Came[] = [];
  const proposed = new Set<string>();
  const scp = await StoreScp.listen({
    host: '127.0.0.1',
    port: 0,
    operationsWindow: 4,
    handlers: {
      associate: ({ contexts }) => ({
        accept: negotiate(contexts, (_, [only = '']) => {
          proposed.add(only);
          return taken.includes(only) ? only : 4;
        }),
      }),
      store: async (_, { sopInstanceUid, transferSyntaxUid, data }) => {
        const chunks: Buffer[] = [];
        for await (const chunk of data) chunks.push(Buffer.from(chunk));
        came.push({ sopInstanceUid, transferSyntaxUid, dataSet: Buffer.concat(chunks) });
        return { status: 0 };
      },
      ended: () => undefined,
    },
  });
  running.push(scp);
  return { came, proposed, port: scp.port };
};

const keep = async (instance: SyntheticInstance): Promise<OutgoingInstance> => {
  const key = `objects/${randomUUID()}`;
  await objects.put(key, instance.part10);
  const dataSetOffset = instance.part10.length - instance.dataSet.length;
  const object = { key, sha256: sha256(instance.part10), size: instance.part10.length, dataSetOffset };
  return { ...instance, sequence: 1, object } as unknown as OutgoingInstance;
};

const stored = async (...syntaxes: readonly string[]) => {
  const instances = syntaxes.map((transferSyntax) => syntheticInstance({ transferSyntax }));
  return { instances, outgoing: await Promise.all(instances.map(keep)) };
};

/** Frames of 16 x 16 pixels of 16 bits; `broken` ones cannot be decoded. */
const decoding = (
  broken: (sopBytes: Buffer) => boolean = () => false,
): { readonly decode: DecodeFrame; readonly asked: () => number } => {
  let asked = 0;
  return {
    asked: () => asked,
    decode: ({ bytes }) => {
      asked += 1;
      return broken(bytes)
        ? Promise.reject(new CodedError('dicom-codecs.undecodable', 'frame 1 cannot be decoded: it is damaged'))
        : Promise.resolve(Buffer.alloc(512, 0x5a));
    },
  };
};

const send = async (
  port: number,
  outgoing: readonly OutgoingInstance[],
  changes: object = {},
  decode: DecodeFrame = decoding().decode,
): Promise<readonly TargetReceipt[]> => {
  const receipts: TargetReceipt[] = [];
  const target = { name: 'pacs', kind: 'dicom', host: '127.0.0.1', port, calledAeTitle: 'PACS', ...changes };
  const take = (receipt: TargetReceipt) => Promise.resolve(void receipts.push(receipt));
  await new DicomSender(objects, decode).send(DicomTarget.parse(target), outgoing, take, new AbortController().signal);
  return receipts;
};

describe('DicomSender', () => {
  it('sends bit by bit what the target takes, and decodes nothing', async () => {
    const target = await targetTaking(RLE, EXPLICIT, IMPLICIT);
    const { instances, outgoing } = await stored(RLE, EXPLICIT, IMPLICIT);
    const { decode, asked } = decoding();
    const receipts = await send(target.port, outgoing, {}, decode);
    expect(receipts.map((receipt) => receipt.accepted && receipt.transferSyntaxUid)).toEqual([RLE, EXPLICIT, IMPLICIT]);
    expect(target.came.map(({ dataSet }) => sha256(dataSet))).toEqual(instances.map(({ dataSet }) => sha256(dataSet)));
    expect(asked()).toBe(0);
  });

  it('sends without compression what the target refuses, each object as it takes it', async () => {
    const target = await targetTaking(EXPLICIT, IMPLICIT);
    const { instances, outgoing } = await stored(JPEG_LOSSLESS, BIG_ENDIAN, IMPLICIT);
    const receipts = await send(target.port, outgoing);
    expect(receipts.map((receipt) => receipt.accepted && receipt.transferSyntaxUid)).toEqual([
      EXPLICIT,
      EXPLICIT,
      IMPLICIT,
    ]);
    expect(receipts.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(instances.map((each) => each.sopInstanceUid));
    expect(target.came[0]?.dataSet.subarray(-512)).toEqual(Buffer.alloc(512, 0x5a));
    expect(target.came[2]?.dataSet).toEqual(instances[2]?.dataSet);
  });

  it('falls back to implicit, which every target takes', async () => {
    const target = await targetTaking(IMPLICIT);
    const { outgoing } = await stored(EXPLICIT, RLE);
    const receipts = await send(target.port, outgoing);
    expect(receipts.map((receipt) => receipt.accepted && receipt.transferSyntaxUid)).toEqual([IMPLICIT, IMPLICIT]);
  });

  it('offers nothing but what is stored to a target that wants nothing else, and says so', async () => {
    const target = await targetTaking(EXPLICIT, IMPLICIT);
    const { outgoing } = await stored(RLE, EXPLICIT);
    const receipts = await send(target.port, outgoing, { transcode: 'never' });
    expect(receipts).toMatchObject([{ accepted: false, final: false }, { accepted: true }]);
    expect(receipts[0]?.receipt).toMatch(
      /^not sent: the peer does not take .* in 1.2.840.10008.1.2.5; .*transcode: never/,
    );
    expect(target.proposed).toEqual(new Set([RLE, EXPLICIT]));
  });

  it('names what nothing here decodes', async () => {
    const target = await targetTaking(EXPLICIT);
    const { outgoing } = await stored(MPEG4);
    const [receipt] = await send(target.port, outgoing);
    expect(receipt).toMatchObject({ accepted: false });
    expect(receipt?.receipt).toContain('nothing here decodes MPEG-4 AVC/H.264 High Profile / Level 4.1');
  });

  it.each([
    ['one association', {}],
    ['one with a window', { operationsWindow: 4 }],
    ['several associations', { associations: 2 }],
  ])('goes on where an object cannot be decoded: over %s', async (_what, changes) => {
    const target = await targetTaking(EXPLICIT);
    const { instances, outgoing } = await stored(RLE, RLE, RLE, RLE, RLE);
    const [, , third] = instances;
    const damaged = third?.dataSet.subarray(-200, -100) ?? Buffer.alloc(0);
    const { decode } = decoding((bytes) => bytes.includes(damaged));
    const receipts = await send(target.port, outgoing, changes, decode);
    expect(receipts.filter(({ accepted }) => accepted)).toHaveLength(4);
    expect(receipts.filter(({ accepted }) => !accepted)).toEqual([
      {
        sopInstanceUid: third?.sopInstanceUid,
        accepted: false,
        final: true,
        receipt:
          'not sent: the target does not take RLE Lossless, and it cannot be undone: frame 1 cannot be decoded: it is damaged (dicom-codecs.undecodable)',
      },
    ]);
    expect(target.came.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      instances
        .filter((each) => each !== third)
        .map(({ sopInstanceUid }) => sopInstanceUid)
        .toSorted(),
    );
  });

  it('fails as it does otherwise where the object cannot be read: that may go well the next time', async () => {
    const target = await targetTaking(EXPLICIT);
    const { outgoing } = await stored(RLE);
    const gone = outgoing.map((each) => ({ ...each, object: { ...each.object, key: 'objects/gone' } }));
    await expect(send(target.port, gone)).rejects.toMatchObject({ code: 'dicom-network.source-failed' });
  });

  it('stops where it is told to, in the middle of a frame', async () => {
    const target = await targetTaking(EXPLICIT);
    const { outgoing } = await stored(RLE);
    const stop = new AbortController();
    const receipts: TargetReceipt[] = [];
    const decode: DecodeFrame = () => {
      stop.abort();
      return Promise.reject(new CodedError('dicom-codecs.closed', 'the decoder is closed'));
    };
    const parsed = DicomTarget.parse({
      name: 'pacs',
      kind: 'dicom',
      host: '127.0.0.1',
      port: target.port,
      calledAeTitle: 'PACS',
    });
    const sending = new DicomSender(objects, decode).send(
      parsed,
      outgoing,
      (receipt) => Promise.resolve(void receipts.push(receipt)),
      stop.signal,
    );
    await expect(sending).rejects.toMatchObject({ code: 'dicom-network.cancelled' });
    expect(receipts).toEqual([]);
  });
});
