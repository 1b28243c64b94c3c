import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { syntheticInstance, type SyntheticInstance, type SyntheticOptions } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type { SourceInstance } from './source-instance.js';
import { StoredInput } from './stored-input.js';

const study = { studyInstanceUid: '1.2.3' };
const slice = (options: SyntheticOptions): SyntheticInstance => syntheticInstance({ ...study, ...options });
const head = [3, 1, 2].map((instanceNumber) => slice({ seed: 'head', instanceNumber }));
const chest = [slice({ seed: 'chest', modality: 'MR' })];

const sourceOf = (
  { part10, dataSet, ...uids }: SyntheticInstance,
  index: number,
  modality: string,
): SourceInstance => ({
  ...uids,
  object: {
    key: uids.sopInstanceUid,
    sha256: createHash('sha256').update(dataSet).digest('hex'),
    size: part10.length,
    dataSetOffset: part10.length - dataSet.length,
  },
  facts: { Modality: modality, InstanceNumber: String([3, 1, 2][index]) },
});
const sources = [
  ...head.map((each, index) => sourceOf(each, index, 'CT')),
  ...chest.map((each, index) => sourceOf(each, index, 'MR')),
];

/** @param rot what becomes of the bytes in the store */
const inputOf = (rot: (bytes: Buffer) => Buffer = (bytes) => bytes) =>
  new StoredInput('1.2.3', sources, {
    get: async (key) => {
      const found = [...head, ...chest].find(({ sopInstanceUid }) => sopInstanceUid === key);
      return Readable.from([rot(Buffer.from(found?.part10 ?? ''))]);
    },
  });

describe('The input of a job', () => {
  it('is series by series, in the order of the numbers of the objects', async () => {
    const { series, instances } = inputOf();
    expect(series.map(({ modality, instances: own }) => [modality, own.length])).toEqual([
      ['CT', 3],
      ['MR', 1],
    ]);
    const numbers = instances.map(({ facts }) => facts['InstanceNumber']);
    expect(numbers).toEqual(['1', '2', '3', '3']);
    const seen: string[] = [];
    for await (const { sopInstanceUid } of inputOf()) seen.push(sopInstanceUid);
    expect(seen).toEqual(instances.map(({ sopInstanceUid }) => sopInstanceUid));
  });

  it('has each object as bytes, as a stream, as a data set and as DICOM JSON', async () => {
    const [first] = inputOf().instances;
    const expected = head[1]?.part10;
    expect(await first?.part10()).toEqual(expected);
    expect(first && (await buffer(await first.open()))).toEqual(expected);
    expect(await first?.dataset()).toMatchObject({ Modality: 'CT', InstanceNumber: 1 });
    expect((await first?.dicomJson())?.['00080060']).toEqual({ vr: 'CS', Value: ['CT'] });
  });

  it.each([
    [
      'a bit is another',
      (bytes: Buffer) => (bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1), bytes),
    ],
    ['the end is missing', (bytes: Buffer) => bytes.subarray(0, -2)],
    ['there is more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(2)])],
    ['there is nothing', () => Buffer.alloc(0)],
  ])('says so where it is not what was decided on: %s', async (_what, rot) => {
    const [first] = inputOf(rot).instances;
    await expect(first?.part10()).rejects.toMatchObject({ code: 'job.input-damaged' });
    await expect(first?.dataset()).rejects.toMatchObject({ code: 'job.input-damaged' });
  });
});
