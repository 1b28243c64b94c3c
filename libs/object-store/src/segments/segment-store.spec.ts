import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
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

const append = (store: SegmentStore, bytes: Buffer): Promise<SegmentPlace> => {
  const cut = Math.floor(bytes.length / 3);
  return store.append([bytes.subarray(0, cut), bytes.subarray(cut)], bytes.length, hashOf(bytes));
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
    await store.erase(erased);
    await store.erase(erased);
    expect(await store.openObject(erased)).toBeUndefined();
    expect((await read(store, kept))?.length).toBe(900);
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
