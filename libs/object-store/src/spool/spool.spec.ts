import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewObject } from '../object-store.js';
import { newSpoolWriterName, SpoolFolder, spoolWriters } from './spool-folder.js';
import { SpoolWriter } from './spool-writer.js';
import type { SpooledObject, SpoolPlace } from './spooled-object.js';

let root: string;
let name: string;
let folder: SpoolFolder;
const writers: SpoolWriter[] = [];
const create = async (writerName = name, longest?: number): Promise<SpoolWriter> => {
  const writer = await SpoolWriter.create(root, writerName, longest);
  writers.push(writer);
  return writer;
};
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waystation-spool-'));
  name = newSpoolWriterName();
  folder = new SpoolFolder(root, name);
});
afterEach(async () => {
  for (const writer of writers.splice(0)) await writer.close();
  await rm(root, { recursive: true, force: true });
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const inMemory = (bytes: Buffer): NewObject => ({
  sha256: hashOf(bytes),
  size: bytes.length,
  chunks: [bytes.subarray(0, 100), bytes.subarray(100)],
});
const inFile = async (bytes: Buffer): Promise<NewObject & { path: string }> => {
  const path = join(root, `${hashOf(bytes)}.part`);
  await writeFile(path, bytes);
  return { sha256: hashOf(bytes), size: bytes.length, path };
};
const listed = async (from = 0): Promise<readonly SpooledObject[]> => {
  const objects: SpooledObject[] = [];
  for (const file of await folder.files()) for await (const object of folder.list(file, from)) objects.push(object);
  return objects;
};
const bytesOf = (object: SpooledObject): Promise<Buffer> =>
  folder.lend(object, async (lent) => ('path' in lent ? readFile(lent.path) : Buffer.concat([...lent.chunks])));

describe('A spool', () => {
  it('gives back every object of many at once, with its label, its hash and when it was written', async () => {
    const writer = await create(name, 20_000);
    const objects = Array.from({ length: 40 }, (_, index) => randomBytes(100 + index * 111));
    const places = await Promise.all(objects.map((bytes, index) => writer.keep(inMemory(bytes), `1.2_1.2.${index}`)));
    const found = await listed();
    expect(new Set(found.map(({ file, offset }) => `${file} ${offset}`))).toEqual(
      new Set(places.map(({ file, offset }) => `${file} ${offset}`)),
    );
    expect((await folder.files()).length).toBeGreaterThan(3);
    for (const object of found) {
      const bytes = objects[Number(object.label.split('.').at(-1))] ?? Buffer.alloc(0);
      expect(object).toMatchObject({ sha256: hashOf(bytes), size: bytes.length });
      expect((await bytesOf(object)).equals(bytes)).toBe(true);
      expect(Math.abs(Date.now() - object.writtenAt)).toBeLessThan(60_000);
    }
    await writer.close();
  });

  it('moves a large file in, and keeps it when who borrowed it consumed it', async () => {
    const writer = await create();
    const bytes = randomBytes(50_000);
    const file = await inFile(bytes);
    await writer.keep(file, '1.2_1.2.3');
    expect(existsSync(file.path)).toBe(false);
    const [object] = await listed();
    expect(object).toMatchObject({ sha256: hashOf(bytes), size: 50_000, label: '1.2_1.2.3', offset: 0 });
    if (object === undefined) return;
    await folder.lend(object, async (lent) => ('path' in lent ? rm(lent.path) : undefined));
    expect((await bytesOf(object)).equals(bytes)).toBe(true);
    expect(await folder.files()).toHaveLength(1);
  });

  it('reads a file from the middle on, as often as somebody wants', async () => {
    const writer = await create();
    for (const size of [10, 3000, 600]) await writer.keep(inMemory(randomBytes(size)), 'label');
    const [first, second, third] = await listed();
    expect(await listed(first?.end)).toEqual([second, third]);
    expect(await listed(third?.end)).toEqual([]);
  });

  it('never gives back an object that a crash cut off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 6000 }), async (length) => {
        const life = newSpoolWriterName();
        const writer = await create(life);
        const objects = [randomBytes(900), randomBytes(2000), randomBytes(1500)];
        for (const bytes of objects) await writer.keep(inMemory(bytes), 'label');
        await writer.close();
        const left = new SpoolFolder(root, life);
        const [file = ''] = await left.files();
        await truncate(join(root, life, file), length);
        for await (const object of left.list(file)) {
          const bytes = await left.lend(object, async (lent) =>
            'chunks' in lent ? Buffer.concat([...lent.chunks]) : Buffer.alloc(0),
          );
          expect(object.label).toBe('label');
          expect(hashOf(bytes)).toBe(object.sha256);
        }
        await left.removeFolder();
      }),
      { numRuns: 30 },
    );
  });

  it('finds what lies behind a record that was never written', async () => {
    const writer = await create();
    const [lost] = [
      await writer.keep(inMemory(randomBytes(900)), 'lost'),
      await writer.keep(inMemory(randomBytes(900)), 'found'),
    ];
    const file = await open(join(root, name, lost.file), 'r+');
    await file.write(Buffer.alloc(1000), 0, 1000, lost.offset - 64);
    await file.close();
    expect((await listed()).map(({ label }) => label)).toEqual(['found']);
  });

  it('says that it cannot be written to', async () => {
    await rm(root, { recursive: true, force: true });
    await writeFile(root, 'no folder');
    await expect(create()).rejects.toMatchObject({ code: 'object-store.unavailable' });
  });

  it('goes on when somebody cleared it away', async () => {
    const writer = await create();
    await writer.keep(inMemory(randomBytes(200)), 'lost');
    await folder.removeFolder();
    expect(await folder.files()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await writer.keep(inMemory(randomBytes(200)), 'label');
    expect(await listed()).toHaveLength(1);
  });

  it('is found by the names of its writers, and by nothing else that lies there', async () => {
    await create();
    await writeFile(join(root, 'something.part'), 'x');
    expect(await spoolWriters(root)).toEqual([name]);
    await writeFile(join(root, name, '1.segment.tmp'), 'x');
    expect(await folder.files()).toEqual([]);
    await folder.removeFolder();
    expect(await spoolWriters(root)).toEqual([]);
    expect(await spoolWriters(join(root, 'nowhere'))).toEqual([]);
  });

  it('gives space back by files', async () => {
    const writer = await create(name, 1000);
    for (const label of ['a', 'b']) await writer.keep(inMemory(randomBytes(900)), label);
    const [first = ''] = await folder.files();
    await folder.remove(first);
    await folder.remove(first);
    expect((await listed()).map(({ label }) => label)).toEqual(['b']);
    expect(await readdir(join(root, name))).toHaveLength(1);
  });
});

describe('A file of a spool is settled', () => {
  const spoolTwo = async (writer: SpoolWriter): Promise<readonly SpoolPlace[]> => [
    await writer.keep(inMemory(randomBytes(900)), 'a'),
    await writer.keep(inMemory(randomBytes(900)), 'b'),
  ];

  it('when it is finished and everybody has written down their objects', async () => {
    const writer = await create();
    const [a, b] = await spoolTwo(writer);
    if (a === undefined || b === undefined) return;
    writer.settle(a);
    await writer.close();
    expect(writer.isSettled(a.file)).toBe(false);
    writer.settle(b);
    expect(writer.isSettled(a.file)).toBe(true);
  });

  it('not while objects may still be added', async () => {
    const writer = await create();
    for (const place of await spoolTwo(writer)) writer.settle(place);
    expect(writer.isSettled('1.segment')).toBe(false);
    await writer.finishWhenIdle(60_000);
    expect(writer.isSettled('1.segment')).toBe(false);
    await writer.finishWhenIdle(0);
    expect(writer.isSettled('1.segment')).toBe(true);
  });

  it('not while one may still turn up in the log', async () => {
    const writer = await create();
    const [a, b] = await spoolTwo(writer);
    if (a === undefined || b === undefined) return;
    writer.settle(a, 60_000);
    writer.settle(b);
    await writer.close();
    expect([writer.isFinished(a.file), writer.isSettled(a.file)]).toEqual([true, false]);
  });

  it('when it is a file of another life: nobody writes there', async () => {
    const writer = await create();
    expect(writer.isSettled('7.segment')).toBe(true);
  });
});
