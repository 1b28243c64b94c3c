import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { StoredEvent } from '../read/stored-event.js';
import { ARCHIVE_FORMAT, EVENTS_PER_MEMBER, STREAMS_PER_MEMBER, type ArchiveDirectory } from './archive-directory.js';
import { archivedLine } from './archived-line.js';
import { StreamIndex } from './stream-index.js';

const compress = promisify(gzip);

/** What was written. */
export interface WrittenCopy {
  /** Of the whole file. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Byte at which the directory begins. */
  readonly directoryAt: number;
}

/**
 * Writes the copy of a segment: gzip members (RFC 1952 2.2), each with {@link EVENTS_PER_MEMBER} events as lines of JSON,
 * then members of an index of streams, then one with the directory. To `zcat` it is one file.
 */
export class CopyWriter {
  readonly #hash = createHash('sha256');
  readonly #members: number[] = [];
  readonly #streams = new StreamIndex();
  #lines: string[] = [];
  #size = 0;

  constructor(private readonly file: FileHandle) {}

  /** The next event, in the order of positions. */
  async add(event: StoredEvent): Promise<void> {
    this.#streams.add(event, this.#members.length);
    this.#lines.push(archivedLine(event));
    if (this.#lines.length === EVENTS_PER_MEMBER) await this.#endMember();
  }

  /** Writes what is left, index and directory. @param range first and last position */
  async end({ from, to }: { readonly from: number; readonly to: number }): Promise<WrittenCopy> {
    if (this.#lines.length > 0) await this.#endMember();
    const members = [...this.#members, this.#size];
    const index: [string, number][] = [];
    for (const lines of this.#streams.members(STREAMS_PER_MEMBER)) {
      index.push([lines.firstStream, this.#size]);
      await this.#write(lines.text);
    }
    const directoryAt = this.#size;
    const eventsPerMember = EVENTS_PER_MEMBER;
    const directory: ArchiveDirectory = { format: ARCHIVE_FORMAT, from, to, eventsPerMember, members, index };
    await this.#write(JSON.stringify(directory));
    return { sha256: this.#hash.digest('hex'), size: this.#size, directoryAt };
  }

  async #endMember(): Promise<void> {
    this.#members.push(this.#size);
    const text = this.#lines.join('\n');
    this.#lines = [];
    await this.#write(text);
  }

  async #write(text: string): Promise<void> {
    const bytes = await compress(`${text}\n`);
    this.#hash.update(bytes);
    await this.file.writeFile(bytes);
    this.#size += bytes.length;
  }
}
