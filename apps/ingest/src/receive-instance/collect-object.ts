import { createHash, randomUUID, type Hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeFileMeta, HeaderReader, type Header, type WantedElements } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import { IncomingFile, type NewObject } from '@waystation/object-store';
import { releaseChunks } from './release-chunks.js';
import { spoolError } from './spool-error.js';

/** An object that came in: its bytes, their hash, and what its header says. */
export interface CollectedObject {
  /** The Part 10 file; its hash is that of the data set as received. */
  readonly object: NewObject;
  readonly dataSetOffset: number;
  /** What the header says, or why it cannot be read. */
  readonly header: Header | CodedError;
}

/** What a C-STORE-RQ says of the data set that follows it. */
export interface IncomingObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly data: AsyncIterable<Buffer>;
}

/**
 * An object up to this size never touches the spool: a CT slice has half a megabyte. It bounds what an association holds
 * in memory.
 */
const IN_MEMORY_BYTES = 2 * 1024 * 1024;

/**
 * Takes an object as it comes in, hashes it and reads its header on the way. The data set is never changed nor copied; the
 * file meta information before it is ours (PS3.10 7.1).
 * @param spoolFolder where an object goes that is too large for memory
 * @param wanted what is read from its header
 * @throws CodedError `ingest.spool-full` or `ingest.spool-unavailable`; where the sender breaks off, its error. No file is
 *   left then.
 */
export const collectObject = async (
  spoolFolder: string,
  incoming: IncomingObject,
  wanted: WantedElements,
): Promise<CollectedObject> => {
  const collector = new Collector(join(spoolFolder, `${randomUUID()}.part`), incoming, wanted);
  try {
    for await (const chunk of incoming.data) {
      const spilling = collector.take(chunk);
      if (spilling !== undefined) await spilling;
    }
    return await collector.end();
  } catch (error) {
    await collector.discard();
    throw error;
  }
};

class Collector {
  private readonly hash: Hash = createHash('sha256');
  private readonly reader: HeaderReader;
  private readonly meta: Buffer;
  private chunks: Buffer[];
  private size: number;
  private file: IncomingFile | undefined;

  constructor(
    private readonly path: string,
    incoming: IncomingObject,
    wanted: WantedElements,
  ) {
    this.reader = new HeaderReader(incoming.transferSyntaxUid, {}, wanted);
    this.meta = encodeFileMeta(incoming);
    this.chunks = [this.meta];
    this.size = this.meta.length;
  }

  /** Takes a piece of the data set; answers with a promise only where it has to be waited for. */
  take(chunk: Buffer): Promise<void> | undefined {
    this.hash.update(chunk);
    this.reader.push(chunk);
    this.chunks.push(chunk);
    this.size += chunk.length;
    return this.file !== undefined || this.size > IN_MEMORY_BYTES ? this.spill() : undefined;
  }

  async end(): Promise<CollectedObject> {
    const sha256 = this.hash.digest('hex');
    const { size, chunks, path } = this;
    await this.file?.close().catch((error: unknown) => {
      throw spoolError(path, error);
    });
    const object: NewObject = this.file === undefined ? { sha256, size, chunks } : { sha256, size, path };
    return { object, dataSetOffset: this.meta.length, header: headerOf(this.reader) };
  }

  async discard(): Promise<void> {
    if (this.file === undefined) return;
    await this.file.abandon().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  /** The file meta information lies in memory that is shared. */
  private release(written: readonly Uint8Array[]): void {
    releaseChunks(written.filter((piece) => piece !== this.meta));
  }

  private async spill(): Promise<void> {
    const { chunks } = this;
    this.chunks = [];
    try {
      this.file ??= await IncomingFile.create(this.path, (written) => this.release(written));
      for (const chunk of chunks) await this.file.push(chunk);
    } catch (error) {
      throw spoolError(this.path, error);
    }
  }
}

/** A header that cannot be read must not stop the bytes from being kept: the error is the result. */
const headerOf = (reader: HeaderReader): Header | CodedError => {
  try {
    return reader.end();
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
};
