import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { GroupWriter } from './group-writer.js';
import { encodeRecordHead, RECORD_HEAD_BYTES, recordBytes } from './record-head.js';
import type { SegmentPlace } from './segment-key.js';

/** Where the kernel has it: a write that returns when it is durable, which saves the call for the sync. */
const SYNCHRONOUS = process.platform === 'linux' ? constants.O_DSYNC : 0;

/** What is said of an object beside its bytes. */
export interface SegmentEntry {
  /** Bytes. */
  readonly length: number;
  readonly sha256: string;
  /** ASCII that is kept behind the object. */
  readonly label?: string;
  /** Milliseconds since 1970. */
  readonly writtenAt?: number;
}

/** An object on its way into a segment. */
export interface Appended {
  readonly place: SegmentPlace;
  /** Resolves when it is durable. */
  readonly durable: Promise<void>;
}

/** A file that objects are appended to. One process writes to it, and only as long as that process lives. */
export class Segment {
  private size = 0;
  private writing = 0;
  private finished = false;
  private readonly writer: GroupWriter;

  private constructor(
    readonly name: string,
    private readonly handle: FileHandle,
  ) {
    this.writer = new GroupWriter(handle, SYNCHRONOUS === 0 ? () => handle.datasync() : undefined);
  }

  static async create(name: string, path: string): Promise<Segment> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | SYNCHRONOUS;
    return new Segment(name, await open(path, flags, 0o600));
  }

  /**
   * Appends an object. Objects that come at the same time share a write.
   * @param limit bytes that the segment may have; an empty one takes an object of any size
   * @returns undefined where the segment takes no more
   */
  append(chunks: readonly Uint8Array[], entry: SegmentEntry, limit: number): Appended | undefined {
    const { length, sha256, label = '', writtenAt = 0 } = entry;
    const start = this.size;
    const taken = recordBytes({ length, labelLength: label.length });
    if (this.finished || (start > 0 && start + taken > limit)) return undefined;
    this.size += taken;
    this.writing++;
    const head = encodeRecordHead({ length, sha256, writtenAt, labelLength: label.length });
    const record = [head, ...chunks, ...(label === '' ? [] : [Buffer.from(label, 'latin1')])];
    const durable = this.write(record, start, taken);
    return { place: { segment: this.name, offset: start + RECORD_HEAD_BYTES, length }, durable };
  }

  /** Takes no more; lets go of the file when the last append is done. */
  async finish(): Promise<void> {
    if (this.finished) return;
    this.finished = true;
    if (this.writing === 0) await this.handle.close();
  }

  private async write(record: readonly Uint8Array[], start: number, taken: number): Promise<void> {
    try {
      await this.writer.write(record, start, taken);
    } finally {
      this.writing--;
      if (this.finished && this.writing === 0) await this.handle.close();
    }
  }
}
