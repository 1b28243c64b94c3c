import { chmod, link, open, stat, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { CodedError } from '@waystation/kernel';
import { assertByteRange } from '../byte-range.js';
import { keepByContent } from '../keep-by-content.js';
import { mappedStream } from '../mapped-stream.js';
import { assertKeyPrefix, assertObjectKey } from '../object-key.js';
import type { ByteRange, ListedObject, NewObject, ObjectSize, ObjectStore, ObjectUnderWay } from '../object-store.js';
import { placeOfKey, segmentKey, segmentsFolder, type SegmentPlace } from '../segments/segment-key.js';
import { SegmentStore } from '../segments/segment-store.js';
import { DurableFolders } from './durable-folders.js';
import { errnoOf, fileFault, inOurWords } from './file-fault.js';
import { FolderSync } from './folder-sync.js';
import { syncFile, TemporaryFiles } from './temporary-files.js';
import { walkFiles } from './walk-files.js';

/** For files without a key yet. No key begins with a dot. */
const temporaryFolder = '.tmp';
const readBuffer = 256 * 1024;
const gone: readonly (string | undefined)[] = ['ENOENT', 'ENOTDIR', 'EISDIR'];
/** Another device, or a file that the kernel does not let us link because it is not ours (fs.protected_hardlinks). */
const unlinkable: readonly (string | undefined)[] = ['EXDEV', 'EPERM'];

/**
 * Objects as files below a folder; the key is the path. A file gets its name by `link`, which fails where the name is taken:
 * of any number of writers one wins. The order of every write is content, name, folder, so that a power cut leaves an
 * object whole or not at all.
 */
export class FilesObjectStore implements ObjectStore {
  readonly isLocal = true;

  private constructor(
    private readonly root: string,
    private readonly folders: DurableFolders,
    private readonly folderSync: FolderSync,
    private readonly temporary: TemporaryFiles,
    private readonly segments: SegmentStore,
  ) {}

  /** Opens the folder, and makes it where it is missing. Throws `object-store.unavailable`. */
  static open(folder: string): Promise<FilesObjectStore> {
    const root = resolve(folder);
    return inOurWords(`opening the object store in ${root}`, async () => {
      const folderSync = new FolderSync();
      const folders = await DurableFolders.open(root, temporaryFolder, folderSync);
      const temporary = await TemporaryFiles.open(join(root, temporaryFolder));
      const segments = new SegmentStore(root, folders, folderSync);
      return new FilesObjectStore(root, folders, folderSync, temporary, segments);
    });
  }

  async keep(object: NewObject): Promise<string> {
    const { key, durable } = await this.begin(object);
    await durable;
    return key;
  }

  async begin(object: NewObject): Promise<ObjectUnderWay> {
    if ('path' in object) {
      const key = await keepByContent(object, (name) => this.putFile(name, object.path));
      return { key, durable: Promise.resolve() };
    }
    return inOurWords('storing an object', async () => {
      await this.folders.assertThereLately();
      const { place, durable } = await this.segments.append(object.chunks, object.size, object.sha256);
      return { key: segmentKey(place), durable: inOurWords('storing an object', () => durable) };
    });
  }

  async putFile(key: string, path: string): Promise<void> {
    assertObjectKey(key);
    await inOurWords(`storing ${key}`, async () => {
      const { size } = await stat(path).catch((error: unknown) => {
        throw errnoOf(error) === 'ENOENT'
          ? new CodedError('object-store.no-source', `there is no file ${path} to be stored as ${key}`, {
              cause: error,
            })
          : error;
      });
      const target = join(this.root, key);
      await this.folders.ensure(dirname(target));
      try {
        await chmod(path, 0o600);
        await syncFile(path);
        await this.name(path, target, size);
      } catch (error) {
        if (!unlinkable.includes(errnoOf(error))) throw error;
        await this.nameCopy(path, target, size);
      }
      await this.folderSync.sync(dirname(target));
      await this.temporary.remove(path);
    });
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    assertObjectKey(key);
    await inOurWords(`storing ${key}`, async () => {
      const target = join(this.root, key);
      await this.folders.ensure(dirname(target));
      const path = await this.temporary.write(bytes);
      try {
        await this.name(path, target, bytes.length);
        await this.folderSync.sync(dirname(target));
      } finally {
        await this.temporary.remove(path);
      }
    });
  }

  async get(key: string, range: ByteRange = { offset: 0 }): Promise<Readable> {
    assertObjectKey(key);
    assertByteRange(range);
    const place = placeOfKey(key);
    const handle = await inOurWords(`opening ${key}`, () => this.openObject(key, place));
    const { start, end } = bytesOf(range, place);
    if (end !== undefined && end < start) {
      await handle.close();
      return Readable.from([]);
    }
    const content = handle.createReadStream({
      start,
      ...(end === undefined ? {} : { end }),
      highWaterMark: readBuffer,
    });
    return mappedStream(content, (error) => fileFault(`reading ${key}`, error));
  }

  async stat(key: string): Promise<ObjectSize | undefined> {
    assertObjectKey(key);
    return inOurWords(`looking for ${key}`, async () => {
      const place = placeOfKey(key);
      if (place !== undefined) return this.statInSegment(place);
      const found = await stat(join(this.root, key)).catch((error: unknown) => this.undefinedIfGone(error));
      return found?.isFile() ? { size: found.size } : undefined;
    });
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    assertKeyPrefix(prefix);
    try {
      await this.folders.assertThere();
      for await (const object of walkFiles(this.root, prefix, ''))
        if (!object.key.startsWith(`${segmentsFolder}/`)) yield object;
      if (`${segmentsFolder}/`.startsWith(prefix.slice(0, segmentsFolder.length + 1)))
        for await (const object of this.segments.list()) if (object.key.startsWith(prefix)) yield object;
    } catch (error) {
      throw fileFault(`listing ${prefix}`, error);
    }
  }

  async remove(...keys: readonly string[]): Promise<void> {
    for (const key of keys) assertObjectKey(key);
    const places = keys.map(placeOfKey).filter((place) => place !== undefined);
    for (const key of keys) if (placeOfKey(key) === undefined) await this.removeFile(key);
    if (places.length > 0) await inOurWords('removing objects', () => this.segments.erase(places));
  }

  check(): Promise<void> {
    return inOurWords(`writing to ${this.root}`, async () => {
      await this.temporary.remove(await this.temporary.write(Buffer.from('check')));
    });
  }

  close(): Promise<void> {
    return this.segments.close();
  }

  private async removeFile(key: string): Promise<void> {
    const path = join(this.root, key);
    await inOurWords(`removing ${key}`, async () => {
      const removed = await unlink(path).then(
        () => true,
        (error: unknown) => this.undefinedIfGone(error),
      );
      if (removed) await this.folderSync.sync(dirname(path));
    });
  }

  private async statInSegment(place: SegmentPlace): Promise<ObjectSize | undefined> {
    const handle = await this.segments.openObject(place);
    await handle?.close();
    if (handle === undefined) await this.folders.assertThere();
    return handle === undefined ? undefined : { size: place.length };
  }

  /** Gives a durable file its final name, unless an object of the same size has it already. */
  private async name(path: string, target: string, size: number): Promise<void> {
    try {
      await link(path, target);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return this.nameInNewFolder(path, target, size);
      if (errnoOf(error) !== 'EEXIST') throw error;
      const found = await stat(target);
      if (!found.isFile() || found.size !== size)
        throw new CodedError(
          'object-store.conflict',
          `${target} is there already with other content: expected ${size} bytes, found ${found.size}`,
        );
    }
  }

  /** The folder was removed since we made it. */
  private async nameInNewFolder(path: string, target: string, size: number): Promise<void> {
    this.folders.forget();
    await this.folders.ensure(dirname(target));
    await link(path, target).catch(async (error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
      await this.name(path, target, size);
    });
  }

  private async nameCopy(path: string, target: string, size: number): Promise<void> {
    const copy = await this.temporary.copy(path);
    try {
      await this.name(copy, target, size);
    } finally {
      await this.temporary.remove(copy);
    }
  }

  private async openObject(key: string, place: SegmentPlace | undefined): Promise<FileHandle> {
    if (place !== undefined) {
      const segment = await this.segments.openObject(place);
      if (segment !== undefined) return segment;
      await this.folders.assertThere();
      throw new CodedError('object-store.missing', `there is no object ${key}`);
    }
    const handle = await open(join(this.root, key), 'r').catch((error: unknown) => this.undefinedIfGone(error));
    if (handle && (await handle.stat()).isFile()) return handle;
    await handle?.close();
    throw new CodedError('object-store.missing', `there is no object ${key}`);
  }

  /** A missing file is an answer only where the store itself is not missing. */
  private async undefinedIfGone(error: unknown): Promise<undefined> {
    if (!gone.includes(errnoOf(error))) throw error;
    await this.folders.assertThere();
    return undefined;
  }
}

/** First and last byte to read of a file; an object in a segment begins and ends within it. */
const bytesOf = (
  { offset, length }: ByteRange,
  place: SegmentPlace | undefined,
): { readonly start: number; readonly end: number | undefined } => {
  if (place === undefined) return { start: offset, end: length === undefined ? undefined : offset + length - 1 };
  const wanted = Math.min(length ?? place.length, Math.max(0, place.length - offset));
  return { start: place.offset + offset, end: place.offset + offset + wanted - 1 };
};
