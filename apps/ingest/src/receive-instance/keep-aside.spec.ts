import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { openObjectStore, type NewObject, type ObjectStore } from '@waystation/object-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepAside } from './keep-aside.js';

const sha256 = 'ab'.repeat(32);

describe('What is kept aside', () => {
  let folder: string;
  let objects: ObjectStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waystation-aside-'));
    objects = await openObjectStore(pathToFileURL(join(folder, 'objects')).href);
  });

  afterEach(async () => {
    await objects.close();
    await rm(folder, { recursive: true });
  });

  const inMemory = async (text: string): Promise<NewObject> => {
    const bytes = Buffer.from(text);
    return { sha256, size: bytes.length, chunks: [bytes.subarray(0, 2), bytes.subarray(2)] };
  };
  const inFile = async (text: string): Promise<NewObject> => {
    const path = join(folder, `${text.length}.part`);
    await writeFile(path, text);
    return { sha256, size: text.length, path };
  };

  it.each([
    ['memory', inMemory],
    ['a file', inFile],
  ])('from %s has one place, and another where the same data set came behind other meta information', async (_, of) => {
    const first = await keepAside(objects, await of('meta data set'));
    expect(await keepAside(objects, await of('meta data set'))).toBe(first);
    const longer = await keepAside(objects, await of('longer meta data set'));
    expect(await keepAside(objects, await of('longer meta data set'))).toBe(longer);
    expect(longer).not.toBe(first);
    expect((await buffer(await objects.get(first))).toString()).toBe('meta data set');
    expect((await buffer(await objects.get(longer))).toString()).toBe('longer meta data set');
  });

  it('is refused where the store is away, and not put elsewhere', async () => {
    await objects.close();
    await rm(join(folder, 'objects'), { recursive: true });
    await writeFile(join(folder, 'objects'), 'in the way');
    await expect(keepAside(objects, await inMemory('meta data set'))).rejects.toMatchObject({
      code: expect.stringMatching(/^object-store\.(unavailable|full)$/) as string,
    });
  });
});
