import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CodedError } from '@waystation/kernel';
import { syntheticInstance, syntheticSeries } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputStage } from './output-stage.js';

let root: string;
let stored: Map<string, Buffer>;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waystation-output-'));
  stored = new Map();
});
afterEach(() => rm(root, { recursive: true, force: true }));

const stage = (limits = { entries: 100, bytes: 1_000_000 }) =>
  new OutputStage({
    objects: {
      put: async (key, bytes) => void stored.set(key, Buffer.from(bytes)),
      putFile: async (key, path) => void stored.set(key, await readFile(path)),
    },
    folder: join(root, 'work'),
    prefix: 'derived/job/1',
    limits,
  });
const coded = (code: string) => expect.objectContaining({ code }) as Error;
const bytesInPieces = (bytes: Buffer, length: number) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
    })(),
  );

describe('The output of a module', () => {
  it.each([1, 7, 200, 100_000])('is taken in pieces of %i bytes, and read as it comes', async (length) => {
    const { part10, dataSet, ...uids } = syntheticInstance({ seed: 'pieces' });
    const output = stage();
    await output.addInstance(bytesInPieces(part10, length));
    const { instances } = await output.end();
    expect(instances).toMatchObject([{ ...uids, key: 'derived/job/1/1.dcm', size: part10.length }]);
    expect(instances[0]?.dataSetOffset).toBe(part10.length - dataSet.length);
    expect(instances[0]?.header.identity).toMatchObject({ PatientID: 'P0001' });
    expect(stored.get('derived/job/1/1.dcm')?.equals(part10)).toBe(true);
  });

  it('has files and a result beside objects, and forgets nobody who was not waited for', async () => {
    const output = stage();
    for (const { part10 } of syntheticSeries(5)) void output.addInstance(part10);
    void output.addFile('report/summary.txt', 'all is well');
    output.setResult({ score: 3 });
    const made = await output.end();
    expect(made).toMatchObject({ files: [{ name: 'report/summary.txt' }], result: { score: 3 } });
    expect(new Set(made.instances.map(({ key }) => key)).size).toBe(5);
    expect(stored.get('derived/job/1/files/1')?.toString()).toBe('all is well');
  });

  const { part10 } = syntheticInstance({ seed: 'garbage' });
  it.each([
    ['no DICOM', Buffer.from('hello '.repeat(100))],
    ['nothing', Buffer.alloc(0)],
    ['a beginning', part10.subarray(0, 300)],
    ['a file cut off in its pixels', part10.subarray(0, -1)],
    ['an object without a UID', syntheticInstance({ overrides: { SeriesInstanceUID: null } }).part10],
    ['an object with a UID that is none', syntheticInstance({ overrides: { StudyInstanceUID: 'study' } }).part10],
    ['a data set without a class', { Modality: 'CT' }],
  ])('that is %s is refused for good', async (_what, garbage) => {
    const output = stage();
    await expect(output.addInstance(garbage)).rejects.toThrow(coded('job.output-not-dicom'));
    await expect(output.end()).rejects.toMatchObject({ code: 'job.output-not-dicom', details: { retryable: false } });
  });

  it('is refused where a fault was swallowed', async () => {
    const output = stage();
    await output.addInstance(Buffer.from('garbage')).catch(() => undefined);
    await expect(output.addInstance(part10)).rejects.toThrow(coded('job.output-not-dicom'));
    await expect(output.end()).rejects.toThrow(coded('job.output-not-dicom'));
  });

  it('is bounded in number and bytes', async () => {
    const many = stage({ entries: 2, bytes: 1_000_000 });
    await many.addFile('one', '1');
    await many.addFile('two', '2');
    await expect(many.addFile('three', '3')).rejects.toThrow(coded('job.output-too-many'));
    const large = stage({ entries: 10, bytes: 1000 });
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(100);
      })(),
    );
    await expect(large.addFile('endless', endless)).rejects.toThrow(coded('job.output-too-large'));
  });

  it('has every name once, and none that leads elsewhere', async () => {
    const twice = stage();
    await twice.addInstance(part10);
    await expect(twice.addInstance(part10)).rejects.toThrow(coded('job.output-repeated'));
    for (const name of ['../secret', '/etc/passwd', '.hidden', 'a//b', '', 'a/../b'])
      await expect(stage().addFile(name, 'x')).rejects.toThrow(coded('job.output-file-name'));
  });

  it('may be in memory that the module uses again at once', async () => {
    const output = stage();
    const bytes = Buffer.from(part10);
    await output.addInstance(bytes);
    bytes.fill(0);
    await output.end();
    expect(stored.get('derived/job/1/1.dcm')?.equals(part10)).toBe(true);
  });

  it('is faulty where the object store does not take it, whenever it says so', async () => {
    const full = () => Promise.reject(new CodedError('object-store.full', 'there is no room'));
    const output = new OutputStage({
      objects: { put: full, putFile: full },
      folder: join(root, 'full'),
      prefix: 'derived/job/1',
      limits: { entries: 10, bytes: 1_000_000 },
    });
    await output.addInstance(part10);
    await expect(output.end()).rejects.toThrow(coded('object-store.full'));
  });

  it('takes nothing once the run is over', async () => {
    const output = stage();
    await output.end();
    await expect(output.addInstance(part10)).rejects.toThrow(coded('job.output-closed'));
    expect(() => output.setResult({})).toThrow(coded('job.output-closed'));
  });
});
