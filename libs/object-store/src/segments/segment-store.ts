import { randomUUID } from 'node:crypto';
import { open, readdir, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { DurableFolders } from '../files/durable-folders.js';
import type { FolderSync } from '../files/folder-sync.js';
import type { ListedObject } from '../object-store.js';
import { eraseRecords } from './erase-records.js';
import { readRecords } from './read-records.js';
import { decodeRecordHead, RECORD_HEAD_BYTES } from './record-head.js';
import { Segment, type Appended } from './segment.js';
import { isAtRest, isWrittenOut, segmentName } from './segment-age.js';
import { segmentKey, segmentsFolder, segmentSuffix, type SegmentPlace } from './segment-key.js';

/** A segment is finished when the next object would make it larger. */
const LONGEST_SEGMENT = 256 * 1024 * 1024;

/**
 * Objects one behind the other in large files. Making a file costs more than writing it: a name, an inode and a sync of
 * the folder for each. Here objects that arrive together share one sync of one file.
 */
export class SegmentStore {
  private readonly folder: string;
  private readonly writer = randomUUID().slice(0, 8);
  private count = 0;
  private current: Promise<Segment> | undefined;

  constructor(
    root: string,
    private readonly folders: DurableFolders,
    private readonly folderSync: FolderSync,
    private readonly longest = LONGEST_SEGMENT,
  ) {
    this.folder = join(root, segmentsFolder);
  }

  /** Appends an object, whose place is known before it is durable. */
  async append(chunks: readonly Uint8Array[], length: number, sha256: string): Promise<Appended> {
    for (;;) {
      const segment = await this.open();
      if (isWrittenOut(segment.name, new Date())) {
        await this.finish(segment);
        continue;
      }
      const appended = segment.append(chunks, { length, sha256 }, this.longest);
      if (appended !== undefined) return appended;
      await this.finish(segment);
    }
  }

  /** Opens the file that an object is in; undefined where the place holds no such object. */
  async openObject(place: SegmentPlace): Promise<FileHandle | undefined> {
    const handle = await this.openFile(place.segment);
    if (handle === undefined || (await holds(handle, place))) return handle;
    await handle.close();
    return undefined;
  }

  /**
   * Makes objects unfindable at once, and gives their room back where the file system can. A segment that holds nothing
   * any more goes as a whole once nobody writes to it.
   */
  async erase(places: readonly SegmentPlace[]): Promise<void> {
    const there: SegmentPlace[] = [];
    for (const place of places) if (await this.contains(place)) there.push(place);
    const segments = new Set(there.map(({ segment }) => segment));
    for (const segment of segments) {
      const offsets = there.filter((place) => place.segment === segment).map(({ offset }) => offset);
      await eraseRecords(this.pathOf(segment), offsets);
    }
    await this.removeEmpty(places.map(({ segment }) => segment));
  }

  /**
   * Removes segments that hold nothing and that nobody writes to.
   * @param among names of segments; all there are if not given
   */
  async removeEmpty(among?: readonly string[]): Promise<void> {
    const now = new Date();
    const names = new Set(among ?? (await this.names()));
    for (const name of names) {
      if (!isAtRest(name, now) || !(await this.isEmpty(name))) continue;
      await unlink(this.pathOf(name));
      await this.folderSync.sync(this.folder);
    }
  }

  private async isEmpty(segment: string): Promise<boolean> {
    const handle = await this.openFile(segment);
    if (handle === undefined) return false;
    try {
      return (await readRecords(handle).next()).done === true;
    } finally {
      await handle.close();
    }
  }

  /** Undefined where there is no such segment any more. */
  private openFile(segment: string): Promise<FileHandle | undefined> {
    return open(this.pathOf(segment), 'r').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    });
  }

  private async names(): Promise<readonly string[]> {
    const files = await readdir(this.folder).catch(() => []);
    return files
      .filter((file) => file.endsWith(segmentSuffix))
      .map((file) => file.slice(0, -segmentSuffix.length))
      .sort();
  }

  /** All objects in all segments, read from the segments themselves. */
  async *list(): AsyncGenerator<ListedObject> {
    for (const name of await this.names()) yield* this.listSegment(name);
  }

  private async contains(place: SegmentPlace): Promise<boolean> {
    const handle = await this.openObject(place);
    await handle?.close();
    return handle !== undefined;
  }

  /** Finishes the segment that is being written. */
  async close(): Promise<void> {
    await (await this.current?.catch(() => undefined))?.finish();
    this.current = undefined;
  }

  /** The segment that is being written; the first to ask makes it. */
  private open(): Promise<Segment> {
    this.current ??= this.create().catch((error: unknown) => {
      this.current = undefined;
      throw error;
    });
    return this.current;
  }

  private async finish(segment: Segment): Promise<void> {
    if ((await this.current) === segment) this.current = undefined;
    await segment.finish();
  }

  private async create(): Promise<Segment> {
    const name = segmentName(new Date(), `${this.writer}-${++this.count}`);
    await this.folders.ensure(this.folder);
    const segment = await Segment.create(name, this.pathOf(name));
    await this.folderSync.sync(this.folder);
    return segment;
  }

  private pathOf(segment: string): string {
    return join(this.folder, `${segment}${segmentSuffix}`);
  }

  private async *listSegment(segment: string): AsyncGenerator<ListedObject> {
    const handle = await this.openFile(segment);
    if (handle === undefined) return;
    try {
      let modifiedAt: number | undefined;
      for await (const { offset, length } of readRecords(handle)) {
        // Behind the first: from then on no record comes that was written later than this.
        modifiedAt ??= (await handle.stat()).mtimeMs;
        yield { key: segmentKey({ segment, offset, length }), size: length, modifiedAt };
      }
    } finally {
      await handle.close();
    }
  }
}

/** Whether a whole object of that length begins there. */
const holds = async (handle: FileHandle, { offset, length }: SegmentPlace): Promise<boolean> => {
  const head = Buffer.alloc(RECORD_HEAD_BYTES);
  if (offset < RECORD_HEAD_BYTES || (await handle.stat()).size < offset + length) return false;
  await handle.read(head, 0, RECORD_HEAD_BYTES, offset - RECORD_HEAD_BYTES);
  return decodeRecordHead(head)?.length === length;
};
