import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { writeFully } from '../write-fully.js';

/** Bytes of one write: enough that the disk, not the calls, sets the pace. */
const WRITE_BYTES = 1024 * 1024;
/** Writes on their way to the disk at the same time. With what is gathered meanwhile they bound the memory of a file. */
const WRITES_UNDER_WAY = 2;

/** Where the kernel has it: a write that returns when it is durable. */
const SYNCHRONOUS = process.platform === 'linux' ? constants.O_DSYNC : 0;

/**
 * A file that is written as an object comes in, piece by piece. The pieces go to the disk while the next ones arrive, so that
 * little is left to wait for when the last one is there. No order is promised until it is closed.
 */
export class IncomingFile {
  #gathered: Uint8Array[] = [];
  #bytes = 0;
  #position = 0;
  readonly #underWay = new Set<Promise<void>>();
  #failure: { readonly reason: unknown } | undefined;

  private constructor(
    private readonly handle: FileHandle,
    private readonly onWritten: (pieces: readonly Uint8Array[]) => void,
  ) {}

  /**
   * Makes the file; there is none yet.
   * @param onWritten is given the pieces that are on the disk, one behind the other, and may do with them what it likes
   * @throws what the file system throws
   */
  static async create(path: string, onWritten: (pieces: readonly Uint8Array[]) => void): Promise<IncomingFile> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | SYNCHRONOUS;
    return new IncomingFile(await open(path, flags, 0o600), onWritten);
  }

  /**
   * Takes a piece, which must not change any more.
   * @returns what is to be waited for before the next one, where the disk is behind
   * @throws what an earlier write failed with
   */
  push(piece: Uint8Array): Promise<void> | undefined {
    this.#gathered.push(piece);
    this.#bytes += piece.length;
    return this.#bytes < WRITE_BYTES ? undefined : this.#write();
  }

  /** Everything is written, and durable where the platform can promise that write by write. @throws as {@link push} */
  async close(): Promise<void> {
    try {
      await this.#write();
      await Promise.all(this.#underWay);
      if (this.#failure !== undefined) throw this.#failure.reason;
    } finally {
      await this.handle.close();
    }
  }

  /** Lets go of the file without regard to what is in it. */
  async abandon(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.handle.close();
  }

  async #write(): Promise<void> {
    const [pieces, start] = [this.#gathered, this.#position];
    this.#gathered = [];
    this.#position += this.#bytes;
    this.#bytes = 0;
    const writing: Promise<void> = writeFully(this.handle, pieces, start)
      .then(() => this.onWritten(pieces))
      .catch((reason: unknown) => void (this.#failure ??= { reason }))
      .finally(() => this.#underWay.delete(writing));
    this.#underWay.add(writing);
    while (this.#underWay.size >= WRITES_UNDER_WAY) await Promise.race(this.#underWay);
    if (this.#failure !== undefined) throw this.#failure.reason;
  }
}
