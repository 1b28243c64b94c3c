import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilesObjectStore } from './files-object-store.js';

let folder: string;
let root: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-objects-'));
  root = join(folder, 'deep', 'objects');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const source = async (bytes: Uint8Array | string, name = 'source'): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('FilesObjectStore', () => {
  it('keeps files and folders from everybody else', async () => {
    const store = await FilesObjectStore.open(root);
    const path = await source('x');
    await chmod(path, 0o644);
    await store.putFile('objects/ab/one', path);
    await store.put('objects/ab/two', Buffer.from('y'));
    expect(await modeOf(join(root, 'objects/ab/one'))).toBe(0o600);
    expect(await modeOf(join(root, 'objects/ab/two'))).toBe(0o600);
    expect(await modeOf(join(root, 'objects/ab'))).toBe(0o700);
    expect(await modeOf(root)).toBe(0o700);
  });

  it('moves a file of the same device instead of copying it', async () => {
    const store = await FilesObjectStore.open(root);
    const path = await source('x');
    const { ino } = await stat(path);
    await store.putFile('one', path);
    expect((await stat(join(root, 'one'))).ino).toBe(ino);
  });

  it('takes up what a crash interrupted between naming and removing', async () => {
    const store = await FilesObjectStore.open(root);
    const path = await source('x');
    execFileSync('ln', [path, join(root, 'one')]);
    await store.putFile('one', path);
    expect(existsSync(path)).toBe(false);
    expect((await buffer(await store.get('one'))).toString()).toBe('x');
  });

  it('sweeps temporary files of former lives when it opens, and only those', async () => {
    await FilesObjectStore.open(root);
    const temporary = join(root, '.tmp');
    await writeFile(join(temporary, 'old'), 'x');
    await writeFile(join(temporary, 'new'), 'x');
    const twoHoursAgo = new Date(Date.now() - 7_200_000);
    await utimes(join(temporary, 'old'), twoHoursAgo, twoHoursAgo);
    await FilesObjectStore.open(root);
    expect(await readdir(temporary)).toEqual(['new']);
  });

  it('leaves no temporary file behind, whether it stored or refused', async () => {
    const store = await FilesObjectStore.open(root);
    await store.put('one', Buffer.from('x'));
    await store.put('one', Buffer.from('x'));
    await expect(store.put('one', Buffer.from('xy'))).rejects.toMatchObject({ code: 'object-store.conflict' });
    await store.check();
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
  });

  it('makes folders again that somebody removed', async () => {
    const store = await FilesObjectStore.open(root);
    await store.put('objects/ab/one', Buffer.from('x'));
    await rm(join(root, 'objects'), { recursive: true });
    await store.put('objects/ab/two', Buffer.from('y'));
    expect(await store.stat('objects/ab/two')).toEqual({ size: 1 });
  });

  it('stores again once a file is gone that was where a folder belongs', async () => {
    const store = await FilesObjectStore.open(root);
    await writeFile(join(root, 'derived'), 'x');
    const put = (): Promise<void> => store.put('derived/job/1/one', Buffer.from('y'));
    await expect(put()).rejects.toMatchObject({ code: 'object-store.unavailable' });
    await rm(join(root, 'derived'));
    await put();
    expect(await store.stat('derived/job/1/one')).toEqual({ size: 1 });
  });

  it('is unavailable, and says of no object that it is missing, while its volume is away', async () => {
    const store = await FilesObjectStore.open(root);
    await store.put('objects/ab/one', Buffer.from('x'));
    await rename(root, `${root}-away`);
    await mkdir(root);
    const path = await source('y');
    const unavailable = expect.objectContaining({ code: 'object-store.unavailable' });
    await expect(store.putFile('objects/ab/two', path)).rejects.toThrow(unavailable);
    await expect(store.put('objects/cd/two', Buffer.from('y'))).rejects.toThrow(unavailable);
    await expect(store.get('objects/ab/one')).rejects.toThrow(unavailable);
    await expect(store.stat('objects/ab/one')).rejects.toThrow(unavailable);
    await expect(store.remove('objects/ab/one')).rejects.toThrow(unavailable);
    await expect(store.check()).rejects.toThrow(unavailable);
    await expect(store.list('')[Symbol.asyncIterator]().next()).rejects.toThrow(unavailable);
    expect(await readdir(root)).toEqual([]);
    await rm(root, { recursive: true });
    await rename(`${root}-away`, root);
    await store.putFile('objects/ab/two', path);
    expect(await store.stat('objects/ab/two')).toEqual({ size: 1 });
  });

  it('is unavailable where a file is in the place of its folder', async () => {
    await expect(FilesObjectStore.open(await source('x'))).rejects.toMatchObject({ code: 'object-store.unavailable' });
  });

  it('keeps the source of a file that it could not store', async () => {
    const store = await FilesObjectStore.open(root);
    await store.put('one', Buffer.from('x'));
    const path = await source('other');
    await expect(store.putFile('one', path)).rejects.toMatchObject({ code: 'object-store.conflict' });
    expect(existsSync(path)).toBe(true);
  });

  it.runIf(existsSync('/usr/bin/prlimit'))(
    'is full where the system gives no more room, and leaves nothing',
    async () => {
      const store = await FilesObjectStore.open(root);
      const limit = (bytes: string): Buffer =>
        execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);
      limit('100000');
      try {
        await store.put('small', Buffer.alloc(1000));
        await expect(store.put('large', Buffer.alloc(200_000))).rejects.toMatchObject({ code: 'object-store.full' });
      } finally {
        limit('unlimited');
      }
      expect(await store.stat('large')).toBeUndefined();
      expect(await readdir(join(root, '.tmp'))).toEqual([]);
      await store.put('large', Buffer.alloc(200_000));
    },
  );

  it.runIf(existsSync('/dev/shm'))('copies a file of another device', async () => {
    const other = await mkdtemp('/dev/shm/waystation-');
    try {
      const store = await FilesObjectStore.open(root);
      const path = join(other, 'source');
      await writeFile(path, 'far away');
      await store.putFile('objects/one', path);
      expect((await buffer(await store.get('objects/one'))).toString()).toBe('far away');
      expect(await modeOf(join(root, 'objects/one'))).toBe(0o600);
      expect(await readdir(other)).toEqual([]);
      expect(await readdir(join(root, '.tmp'))).toEqual([]);
    } finally {
      await rm(other, { recursive: true });
    }
  });
});
