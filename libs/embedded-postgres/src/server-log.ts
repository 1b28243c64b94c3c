import { createReadStream } from 'node:fs';
import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const rotateAtBytes = 1024 * 1024;

/** The log of one run of the server: a file that outlives us, so Postgres never writes into a closed pipe. */
export class ServerLog {
  private constructor(
    readonly path: string,
    readonly file: FileHandle,
    private readonly start: number,
  ) {}

  static async open(dataFolder: string): Promise<ServerLog> {
    const path = join(dataFolder, 'postgres.log');
    const size = await sizeOf(path);
    if (size > rotateAtBytes) await rename(path, `${path}.1`);
    return new ServerLog(path, await open(path, 'a', 0o600), size > rotateAtBytes ? 0 : size);
  }

  /** What this run has written. */
  async read(): Promise<string> {
    return text(createReadStream(this.path, { start: this.start }));
  }
}

const sizeOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
