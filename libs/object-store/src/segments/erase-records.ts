import { open, type FileHandle } from 'node:fs/promises';
import { punchHole } from './punch-hole.js';
import { decodeRecordHead, encodeErasedHead, RECORD_HEAD_BYTES, recordBytes } from './record-head.js';

/** What a record takes in a segment: from its head to where the next one may begin. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * Makes objects of a segment unfindable, and then gives their room back where the file system can. Cut off in between,
 * they are unfindable or as before; doing it again does what is left.
 * @param offsets where the objects begin, behind the heads of their records
 */
export const eraseRecords = async (path: string, offsets: readonly number[]): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    const extents: Extent[] = [];
    for (const offset of offsets.toSorted((a, b) => a - b)) {
      const extent = await extentOf(handle, offset - RECORD_HEAD_BYTES);
      if (extent !== undefined) extents.push(extent);
    }
    if (extents.length === 0) return;
    for (const extent of extents) await mark(handle, extent);
    await handle.datasync();
    for (const run of runsOf(extents)) {
      await mark(handle, run);
      await handle.datasync();
      await punchHole(path, run.start + RECORD_HEAD_BYTES, run.end);
    }
  } finally {
    await handle.close();
  }
};

const extentOf = async (handle: FileHandle, start: number): Promise<Extent | undefined> => {
  const bytes = Buffer.alloc(RECORD_HEAD_BYTES);
  await handle.read(bytes, 0, RECORD_HEAD_BYTES, start);
  const head = decodeRecordHead(bytes);
  return head && { start, end: start + recordBytes(head) };
};

const mark = async (handle: FileHandle, { start, end }: Extent): Promise<void> => {
  await handle.write(encodeErasedHead(end - start - RECORD_HEAD_BYTES), 0, RECORD_HEAD_BYTES, start);
};

/** What lies one behind the other is one hole: a series mostly is. */
const runsOf = (extents: readonly Extent[]): readonly Extent[] => {
  const runs: Extent[] = [];
  for (const extent of extents) {
    const last = runs.at(-1);
    if (last?.end === extent.start) runs[runs.length - 1] = { start: last.start, end: extent.end };
    else runs.push(extent);
  }
  return runs;
};
