import { randomUUID } from 'node:crypto';
import { chmod, copyFile, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from './file-fault.js';

/** Nobody writes one object for this long: what is older was left behind by a crash. */
const leftBehindMs = 3_600_000;

const ignoreMissing = (error: unknown): void => {
  if (errnoOf(error) !== 'ENOENT') throw error;
};

/** Makes the content of a file durable; its name is another matter. */
export const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
};

/** Files on the device of the store that have no key yet. */
export class TemporaryFiles {
  private constructor(private readonly folder: string) {}

  /** Removes what a crash left behind. The folder is there. */
  static async open(folder: string): Promise<TemporaryFiles> {
    const limit = Date.now() - leftBehindMs;
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const found = await stat(path).catch(ignoreMissing);
      if (found && found.mtimeMs < limit) await unlink(path).catch(ignoreMissing);
    }
    return new TemporaryFiles(folder);
  }

  /** A durable file with these bytes. */
  write(bytes: Uint8Array): Promise<string> {
    return this.make(async (path) => {
      const handle = await open(path, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    });
  }

  /** A durable copy of a file of another device. */
  copy(source: string): Promise<string> {
    return this.make(async (path) => {
      await copyFile(source, path);
      await chmod(path, 0o600);
      await syncFile(path);
    });
  }

  remove(path: string): Promise<void> {
    return unlink(path).catch(ignoreMissing);
  }

  private async make(fill: (path: string) => Promise<void>): Promise<string> {
    const path = join(this.folder, `${process.pid}-${randomUUID()}`);
    try {
      await fill(path);
      return path;
    } catch (error) {
      await this.remove(path).catch(() => undefined);
      throw error;
    }
  }
}
