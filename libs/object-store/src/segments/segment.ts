import { open, type FileHandle } from 'node:fs/promises';
import { encodeRecordHead, RECORD_HEAD_BYTES, recordBytes, type RecordHead } from './record-head.js';
import { GroupSync } from '../group-sync.js';
import type { SegmentPlace } from './segment-key.js';

/** A file that objects are appended to. One process writes to it, and only as long as that process lives. */
export class Segment {
  private size = 0;
  private writing = 0;
  private finished = false;
  private readonly group: GroupSync;

  private constructor(
    readonly name: string,
    private readonly handle: FileHandle,
  ) {
    this.group = new GroupSync(() => handle.datasync());
  }

  static async create(name: string, path: string): Promise<Segment> {
    return new Segment(name, await open(path, 'wx', 0o600));
  }

  /**
   * Appends an object; resolves with its place when it is durable. Objects that come at the same time share a sync.
   * @param limit bytes that the segment may have; an empty one takes an object of any size
   * @returns undefined where the segment takes no more
   */
  append(chunks: readonly Uint8Array[], head: RecordHead, limit: number): Promise<SegmentPlace> | undefined {
    const start = this.size;
    if (this.finished || (start > 0 && start + recordBytes(head.length) > limit)) return undefined;
    this.size += recordBytes(head.length);
    this.writing++;
    return this.write([encodeRecordHead(head), ...chunks], start, head.length);
  }

  /** Takes no more; lets go of the file when the last append is done. */
  async finish(): Promise<void> {
    if (this.finished) return;
    this.finished = true;
    if (this.writing === 0) await this.handle.close();
  }

  private async write(chunks: readonly Uint8Array[], start: number, length: number): Promise<SegmentPlace> {
    try {
      await writeFully(this.handle, chunks, start);
      await this.group.settled();
    } finally {
      this.writing--;
      if (this.finished && this.writing === 0) await this.handle.close();
    }
    return { segment: this.name, offset: start + RECORD_HEAD_BYTES, length };
  }
}

const writeFully = async (handle: FileHandle, chunks: readonly Uint8Array[], start: number): Promise<void> => {
  const total = chunks.reduce((sum, { length }) => sum + length, 0);
  let { bytesWritten } = await handle.writev([...chunks], start);
  while (bytesWritten < total) {
    const more = await handle.writev(rest(chunks, bytesWritten), start + bytesWritten);
    bytesWritten += more.bytesWritten;
  }
};

/** What is left of the chunks behind so many bytes. */
const rest = (chunks: readonly Uint8Array[], skip: number): Uint8Array[] => {
  let skipped = 0;
  return chunks.flatMap((chunk) => {
    const from = Math.min(chunk.length, Math.max(0, skip - skipped));
    skipped += chunk.length;
    return from < chunk.length ? [chunk.subarray(from)] : [];
  });
};
