import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ByteRange, ListedObject, ObjectStore } from './object-store.js';
import { openObjectStore } from './open-object-store.js';

const megabyte = 1024 * 1024;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hasCode = (code: string): unknown => expect.objectContaining({ code: `object-store.${code}` });

const folder = await mkdtemp(join(tmpdir(), 'waystation-object-store-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const s3 = process.env['WAYSTATION_TEST_S3_URL'];
const withPrefix = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}prefix=${randomUUID()}/`;
const substrates = [
  { name: 'files', url: pathToFileURL(join(folder, 'objects')).href },
  ...(s3 === undefined ? [] : [{ name: 'S3', url: withPrefix(s3) }]),
];

const fileWith = async (bytes: Uint8Array): Promise<string> => {
  const path = join(folder, randomUUID());
  await writeFile(path, bytes);
  return path;
};

describe.each(substrates)('the object store on $name', ({ url }) => {
  let store: ObjectStore;
  beforeAll(async () => {
    store = await openObjectStore(url);
  });
  afterAll(() => store.close());

  const read = async (key: string, range?: ByteRange): Promise<Buffer> => buffer(await store.get(key, range));
  const listed = async (prefix: string): Promise<readonly ListedObject[]> => {
    const objects: ListedObject[] = [];
    for await (const object of store.list(prefix)) objects.push(object);
    return objects;
  };

  it.each([0, 1, 4096, megabyte + 1, 8 * megabyte, 8 * megabyte + 1, 70 * megabyte])(
    'gives back a file of %i bytes exactly, and consumes it',
    async (size) => {
      const bytes = randomBytes(size);
      const key = `sizes/${size}`;
      const path = await fileWith(bytes);
      await store.putFile(key, path);
      expect(existsSync(path)).toBe(false);
      expect(await store.stat(key)).toEqual({ size });
      expect(sha256(await read(key))).toBe(sha256(bytes));
    },
  );

  it('gives back a large object whose parts are all the same', async () => {
    await store.putFile('sizes/zeros', await fileWith(Buffer.alloc(20 * megabyte)));
    expect(sha256(await read('sizes/zeros'))).toBe(sha256(Buffer.alloc(20 * megabyte)));
  });

  it('gives back bytes exactly, also those of a view', async () => {
    const bytes = new Uint8Array(randomBytes(1000).buffer, 8, 500);
    await store.put('bytes', bytes);
    expect(sha256(await read('bytes'))).toBe(sha256(bytes));
  });

  it('takes the same object again, and keeps the first where another has its key', async () => {
    const first = randomBytes(1000);
    await store.put('again/one', first);
    await store.put('again/one', first);
    const same = await fileWith(first);
    await store.putFile('again/one', same);
    expect(existsSync(same)).toBe(false);
    const other = await fileWith(randomBytes(1001));
    await expect(store.putFile('again/one', other)).rejects.toThrow(hasCode('conflict'));
    expect(existsSync(other)).toBe(true);
    await expect(store.put('again/one', randomBytes(999))).rejects.toThrow(hasCode('conflict'));
    expect(sha256(await read('again/one'))).toBe(sha256(first));
  });

  it('keeps an object that has the hash of another and not its length: only what is hashed is the same', async () => {
    const hash = sha256(randomBytes(10));
    for (const size of [1000, 1001]) {
      const bytes = randomBytes(size);
      const path = await fileWith(bytes);
      const key = await store.keep({ sha256: hash, size, path });
      expect(existsSync(path)).toBe(false);
      expect(sha256(await read(key))).toBe(sha256(bytes));
      const again = { sha256: hash, size, path: await fileWith(bytes) };
      expect(await store.keep(again)).toBe(key);
    }
  });

  it('says the key of an object before it is durable, and has it then', async () => {
    const objects = Array.from({ length: 20 }, (_, index) => randomBytes(1 + index * 5000));
    const underWay = await Promise.all(
      objects.map((bytes) => store.begin({ sha256: sha256(bytes), size: bytes.length, chunks: [bytes] })),
    );
    await Promise.all(underWay.map(({ durable }) => durable));
    for (const [index, { key }] of underWay.entries())
      expect(sha256(await read(key))).toBe(sha256(objects[index] ?? Buffer.alloc(0)));
    const path = await fileWith(randomBytes(100));
    const file = await store.begin({ sha256: sha256(randomBytes(10)), size: 100, path });
    await file.durable;
    expect(await store.stat(file.key)).toEqual({ size: 100 });
  });

  it.each([300_000, 9 * megabyte])('lets 16 writers put the same %i bytes at once', async (size) => {
    const bytes = randomBytes(size);
    const paths = await Promise.all(Array.from({ length: 16 }, () => fileWith(bytes)));
    await Promise.all(paths.map((path) => store.putFile(`race/${size}/object`, path)));
    expect(paths.filter((path) => existsSync(path))).toEqual([]);
    expect(sha256(await read(`race/${size}/object`))).toBe(sha256(bytes));
    expect(await listed(`race/${size}/`)).toMatchObject([{ key: `race/${size}/object`, size }]);
  });

  it.each([
    [{ offset: 0 }, 0, 1000],
    [{ offset: 0, length: 1 }, 0, 1],
    [{ offset: 0, length: 0 }, 0, 0],
    [{ offset: 132 }, 132, 1000],
    [{ offset: 132, length: 300 }, 132, 432],
    [{ offset: 132, length: 0 }, 0, 0],
    [{ offset: 999, length: 1 }, 999, 1000],
    [{ offset: 900, length: 5000 }, 900, 1000],
    [{ offset: 1000 }, 0, 0],
    [{ offset: 5000, length: 10 }, 0, 0],
  ])('reads the range %j', async (range, from, to) => {
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
    await store.put('range', bytes);
    expect(await read('range', range)).toEqual(bytes.subarray(from, to));
  });

  it('says that an object is missing', async () => {
    await expect(store.get('missing/object')).rejects.toThrow(hasCode('missing'));
    await expect(store.get('missing/object', { offset: 3, length: 0 })).rejects.toThrow(hasCode('missing'));
    await expect(store.get('missing/object', { offset: 3, length: 5 })).rejects.toThrow(hasCode('missing'));
    expect(await store.stat('missing/object')).toBeUndefined();
    await store.put('missing/neighbour/object', Buffer.from('x'));
    expect(await store.stat('missing/neighbour')).toBeUndefined();
    await expect(store.get('missing/neighbour')).rejects.toThrow(hasCode('missing'));
  });

  it('says that there is no file to be stored', async () => {
    await expect(store.putFile('no/source', join(folder, 'nothing'))).rejects.toThrow(hasCode('no-source'));
    expect(await store.stat('no/source')).toBeUndefined();
  });

  it('removes an object, and one that is not there', async () => {
    await store.put('removed', Buffer.from('x'));
    await store.remove('removed');
    expect(await store.stat('removed')).toBeUndefined();
    await store.remove('removed');
    await store.put('removed', Buffer.from('another'));
    expect((await read('removed')).toString()).toBe('another');
  });

  it('says how old an object is at most', async () => {
    const before = Date.now();
    await store.put('aged', Buffer.from('aged'));
    const kept = await store.keep({ sha256: sha256(Buffer.from('kept')), size: 4, chunks: [Buffer.from('kept')] });
    for (const key of ['aged', kept]) {
      const [object] = await listed(key);
      // S3 tells seconds, and a file system the tick of its clock.
      expect(object?.modifiedAt).toBeGreaterThan(before - 1_500);
      expect(object?.modifiedAt).toBeLessThan(before + 3_600_000);
    }
  });

  it('lists by prefix in the order of keys', async () => {
    const keys = ['list/a-b/c', 'list/a.b', 'list/a/b', 'list/a/c/d', 'list/ab', 'listless', '007', '0x1F'];
    for (const key of keys) await store.put(key, Buffer.from(key));
    const expected = (prefix: string): readonly Omit<ListedObject, 'modifiedAt'>[] =>
      keys
        .filter((key) => key.startsWith(prefix))
        .toSorted()
        .map((key) => ({ key, size: key.length }));
    for (const prefix of ['list/', 'list', 'list/a', 'list/a/', 'list/a/c/d', 'list/x', '0'])
      expect((await listed(prefix)).map(({ key, size }) => ({ key, size }))).toEqual(expected(prefix));
  });

  it('lists more objects than fit on a page', async () => {
    const keys = Array.from({ length: 1100 }, (_, index) => `pages/${String(index).padStart(4, '0')}`);
    for (let from = 0; from < keys.length; from += 50)
      await Promise.all(keys.slice(from, from + 50).map((key) => store.put(key, Buffer.from('x'))));
    expect((await listed('pages/')).map(({ key }) => key)).toEqual(keys);
  });

  it.each(['../out', '/etc/passwd', 'a//b', 'ü', ''])('refuses the key %j for every operation', async (key) => {
    const invalid = hasCode('invalid-key');
    await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(invalid);
    await expect(store.putFile(key, join(folder, 'nothing'))).rejects.toThrow(invalid);
    await expect(store.get(key)).rejects.toThrow(invalid);
    await expect(store.stat(key)).rejects.toThrow(invalid);
    await expect(store.remove(key)).rejects.toThrow(invalid);
  });

  it('can be given up while reading', async () => {
    await store.put('given-up', randomBytes(4 * megabyte));
    for (let round = 0; round < 20; round += 1) {
      const content = await store.get('given-up');
      content.destroy();
    }
    expect((await read('given-up')).length).toBe(4 * megabyte);
  });

  it('can be checked without leaving a trace', async () => {
    const before = await listed('');
    await store.check();
    expect(await listed('')).toEqual(before);
  });

  it('is the same after it was closed and opened again', async () => {
    await store.put('kept', Buffer.from('x'));
    const again = await openObjectStore(url);
    expect(await again.stat('kept')).toEqual({ size: 1 });
    await again.close();
  });
});

describe.runIf(s3 !== undefined)('an S3 bucket', () => {
  it('is created by the first of several who open it', async () => {
    const url = new URL(withPrefix(s3 ?? ''));
    url.pathname = `/created-${randomUUID()}`;
    const stores = await Promise.all([1, 2, 3].map(() => openObjectStore(url.href)));
    await stores[0]?.put('a', Buffer.from('x'));
    expect(await stores[2]?.stat('a')).toEqual({ size: 1 });
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is unavailable with a wrong secret, which the error does not tell', async () => {
    const url = new URL(withPrefix(s3 ?? ''));
    url.password = 'wrong-but-secret';
    const error: unknown = await openObjectStore(url.href).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'object-store.unavailable' });
    expect(String(error)).not.toContain('wrong-but-secret');
  });
});
