import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DurableFolders } from '../files/durable-folders.js';
import { FolderSync } from '../files/folder-sync.js';
import { placeOfKey, segmentKey, type SegmentPlace } from './segment-key.js';
import { SegmentStore } from './segment-store.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waystation-segments-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const openStore = async (longest?: number): Promise<SegmentStore> => {
  const folderSync = new FolderSync();
  return new SegmentStore(root, await DurableFolders.open(root, '.tmp', folderSync), folderSync, longest);
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const append = async (store: SegmentStore, bytes: Buffer): Promise<SegmentPlace> => {
  const cut = Math.floor(bytes.length / 3);
  const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
  const { place, durable } = await store.append(pieces, bytes.length, hashOf(bytes));
  await durable;
  return place;
};

const read = async (store: SegmentStore, place: SegmentPlace): Promise<Buffer | undefined> => {
  const handle = await store.openObject(place);
  if (handle === undefined) return undefined;
  const bytes = Buffer.alloc(place.length);
  await handle.read(bytes, 0, place.length, place.offset);
  await handle.close();
  return bytes;
};

const same = async (store: SegmentStore, place: SegmentPlace, bytes: Buffer | undefined): Promise<boolean> =>
  bytes !== undefined && (await read(store, place))?.equals(bytes) === true;

describe('Segments', () => {
  it('give back every object of many writers as it was, and list it under its key', async () => {
    const store = await openStore();
    const objects = Array.from({ length: 60 }, (_, index) => randomBytes(index * 777));
    const places = await Promise.all(objects.map((bytes) => append(store, bytes)));
    for (const [index, place] of places.entries()) expect(await same(store, place, objects[index])).toBe(true);
    const listed: string[] = [];
    for await (const { key } of store.list()) listed.push(key);
    expect(listed.sort()).toEqual(places.map(segmentKey).sort());
    await store.close();
  });

  it('begin a new file when one is full, while others are still writing to it', async () => {
    const store = await openStore(10_000);
    const objects = Array.from({ length: 40 }, () => randomBytes(3000));
    const places = await Promise.all(objects.map((bytes) => append(store, bytes)));
    for (const [index, place] of places.entries()) expect(await same(store, place, objects[index])).toBe(true);
    expect(new Set(places.map(({ segment }) => segment)).size).toBeGreaterThan(10);
    await store.close();
  });

  it('take an object that is larger than a segment should be', async () => {
    const store = await openStore(1000);
    const bytes = randomBytes(5000);
    expect(await same(store, await append(store, bytes), bytes)).toBe(true);
  });

  it('are never written to by a second life: it begins files of its own', async () => {
    const first = await openStore();
    await append(first, randomBytes(10));
    const second = await openStore();
    await append(second, randomBytes(10));
    expect(await readdir(join(root, 'segments'))).toHaveLength(2);
  });

  it('find nothing more of an object that was erased', async () => {
    const store = await openStore();
    const [kept, erased] = [await append(store, randomBytes(900)), await append(store, randomBytes(700))];
    await store.erase([erased]);
    await store.erase([erased]);
    expect(await store.openObject(erased)).toBeUndefined();
    expect((await read(store, kept))?.length).toBe(900);
  });

  it('list what lies among erased objects, and pass over what was erased as a whole', async () => {
    const store = await openStore();
    const places: SegmentPlace[] = [];
    for (let index = 0; index < 6; index++) places.push(await append(store, randomBytes(5000 + index)));
    const gone = [1, 2, 3, 5];
    await store.erase(gone.flatMap((index) => places[index] ?? []));
    const keys: string[] = [];
    for await (const { key } of store.list()) keys.push(key);
    expect(keys).toEqual([0, 4].flatMap((index) => (places[index] ? [segmentKey(places[index])] : [])));
    for (const index of gone) expect(places[index] && (await store.openObject(places[index]))).toBeUndefined();
    const later = await append(store, randomBytes(100));
    expect((await read(store, later))?.length).toBe(100);
  });

  it('hold nothing of the bytes of erased objects where the file system has holes', async () => {
    const store = await openStore();
    const secret = Buffer.from('the name of somebody '.repeat(1000));
    const [first, last] = [await append(store, secret), await append(store, randomBytes(100))];
    const path = join(root, 'segments', `${first.segment}.segment`);
    await store.erase([first]);
    const probe = spawnSync('fallocate', ['--punch-hole', '--offset', '1', '--length', '1', join(root, 'none')]);
    if (probe.error === undefined) expect((await readFile(path)).includes('the name of somebody')).toBe(false);
    expect((await read(store, last))?.length).toBe(100);
  });

  it('go as a whole once they hold nothing and nobody can be writing to them', async () => {
    const store = await openStore();
    const place = await append(store, randomBytes(100));
    const kept = await append(store, randomBytes(100));
    await store.close();
    const folder = join(root, 'segments');
    const old = { ...place, segment: place.segment.replace(/^\d{4}/, '2020') };
    await rename(join(folder, `${place.segment}.segment`), join(folder, `${old.segment}.segment`));
    await store.erase([old]);
    expect(await readdir(folder)).toEqual([`${old.segment}.segment`]);
    await store.erase([{ ...kept, segment: old.segment }]);
    expect(await readdir(folder)).toEqual([]);
    await store.erase([old]);
  });

  it('stay while somebody may write to them, though they hold nothing', async () => {
    const store = await openStore();
    await store.erase([await append(store, randomBytes(100))]);
    await store.removeEmpty();
    expect(await readdir(join(root, 'segments'))).toHaveLength(1);
  });

  it('know nothing of an object that a crash cut off, and list what lies behind it', async () => {
    const store = await openStore();
    const [, lost, after] = [
      await append(store, randomBytes(100)),
      await append(store, randomBytes(2000)),
      await append(store, randomBytes(300)),
    ];
    const path = join(root, 'segments', `${lost.segment}.segment`);
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(64), 0, 64, lost.offset - 64);
    await file.close();
    const keys: string[] = [];
    for await (const { key } of store.list()) keys.push(key);
    expect(keys).toHaveLength(2);
    expect(keys).toContain(segmentKey(after));
    expect(await store.openObject({ ...after, offset: after.offset + 10_000 })).toBeUndefined();
    expect(await store.openObject({ ...after, segment: 'none' })).toBeUndefined();
  });
});

describe('The key of an object in a segment', () => {
  it('says where it is', () => {
    const place = { segment: '2026-01-31-0a1b2c3d-1', offset: 576, length: 526_000 };
    expect(placeOfKey(segmentKey(place))).toEqual(place);
    expect(placeOfKey('objects/ab/abcdef.dcm')).toBeUndefined();
    expect(placeOfKey('segments/../1-2')).toBeUndefined();
  });
});
