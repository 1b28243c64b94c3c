import { randomUUID } from 'node:crypto';
import { link, open, readdir, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, messageOf } from '@waystation/kernel';
import { errnoOf } from '../files/file-fault.js';
import type { NewObject } from '../object-store.js';
import { releaseMemory } from '../release-memory.js';
import { readRecords } from '../segments/read-records.js';
import { parseSpoolFileName } from './spool-file-name.js';
import type { SpooledObject } from './spooled-object.js';

const WRITER = /^[0-9a-f]{12}$/;

/** A name for a writer that nobody has had. */
export const newSpoolWriterName = (): string => randomUUID().replaceAll('-', '').slice(0, 12);

const noneIfGone = (error: unknown): never[] => {
  if (errnoOf(error) === 'ENOENT') return [];
  throw error;
};

/** The writers that have a folder in a spool. */
export const spoolWriters = async (root: string): Promise<readonly string[]> => {
  const entries = await readdir(root, { withFileTypes: true }).catch(noneIfGone);
  return entries.filter((entry) => entry.isDirectory() && WRITER.test(entry.name)).map(({ name }) => name);
};

/** What one writer left in a spool, for whoever moves it on. Everything is read from the files: no database is needed. */
export class SpoolFolder {
  private readonly folder: string;

  constructor(
    root: string,
    /** Name of the writer. */
    readonly writer: string,
  ) {
    this.folder = join(root, writer);
  }

  /** Files with objects, in the order in which they were begun. */
  async files(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch(noneIfGone);
    const numbered = names.flatMap((name) => {
      const file = parseSpoolFileName(name);
      return file === undefined ? [] : [{ name, number: file.number }];
    });
    return numbered.sort((a, b) => a.number - b.number).map(({ name }) => name);
  }

  /** The objects in a file, from a place on where one may begin. What a crash cut off is not among them. */
  async *list(file: string, from = 0): AsyncGenerator<SpooledObject> {
    const parsed = parseSpoolFileName(file);
    if (parsed?.kind === 'object') {
      const { size, mtimeMs } = await stat(this.pathOf(file));
      const { label, sha256 } = parsed;
      if (from === 0) yield { file, offset: 0, size, sha256, label, writtenAt: Math.floor(mtimeMs), end: size };
      return;
    }
    const handle = await open(this.pathOf(file), 'r');
    try {
      for await (const { offset, length, sha256, writtenAt, labelLength, end } of readRecords(handle, from)) {
        const label = (await readPart(handle, offset + length, labelLength)).toString('latin1');
        yield { file, offset, size: length, sha256, label, writtenAt, end };
      }
    } finally {
      await handle.close();
    }
  }

  /**
   * Lends an object to somebody who keeps it elsewhere. It stays in the spool: a file that is consumed is only a second name
   * of it, and what is in memory may not be used any more when `work` has ended.
   * @throws CodedError `object-store.spool-unreadable`, and what `work` throws
   */
  async lend<Result>(object: SpooledObject, work: (object: NewObject) => Promise<Result>): Promise<Result> {
    const { file, offset, sha256, size } = object;
    if (parseSpoolFileName(file)?.kind !== 'object') {
      const bytes = await this.read(file, offset, size).catch((error: unknown) => this.cannotRead(file, error));
      const result = await work({ sha256, size, chunks: [bytes] });
      releaseMemory(bytes);
      return result;
    }
    const path = `${this.pathOf(file)}.${randomUUID()}`;
    await link(this.pathOf(file), path).catch((error: unknown) => this.cannotRead(file, error));
    try {
      return await work({ sha256, size, path });
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Removes a file with all objects in it. */
  async remove(file: string): Promise<void> {
    await unlink(this.pathOf(file)).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
    });
  }

  /** Removes the folder itself, with whatever is in it. */
  async removeFolder(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async read(file: string, offset: number, length: number): Promise<Buffer> {
    const handle = await open(this.pathOf(file), 'r');
    try {
      return await readPart(handle, offset, length);
    } finally {
      await handle.close();
    }
  }

  private cannotRead(file: string, error: unknown): never {
    const message = `${this.pathOf(file)} cannot be read: ${messageOf(error)}`;
    throw new CodedError('object-store.spool-unreadable', message, { cause: error });
  }

  private pathOf(file: string): string {
    return join(this.folder, file);
  }
}

/** Throws where the file ends before the part does. */
const readPart = async (handle: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let read = 0; read < length;) {
    const { bytesRead } = await handle.read(bytes, read, length - read, offset + read);
    if (bytesRead === 0) throw new Error(`the file ends at ${offset + read}, expected ${length - read} bytes more`);
    read += bytesRead;
  }
  return bytes;
};
