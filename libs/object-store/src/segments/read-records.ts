import type { FileHandle } from 'node:fs/promises';
import {
  decodeRecordHead,
  erasedLength,
  RECORD_ALIGNMENT,
  RECORD_HEAD_BYTES,
  recordBytes,
  type RecordHead,
} from './record-head.js';

/** A record as it lies in a segment. */
export interface SegmentRecord extends RecordHead {
  /** Where the object begins, behind the head. */
  readonly offset: number;
  /** Where the next record may begin. */
  readonly end: number;
}

/**
 * The records of a segment, found by their heads; what was erased or a crash cut off is left out, and what lies behind it found again.
 * @param from where a record begins
 */
export async function* readRecords(handle: FileHandle, from = 0): AsyncGenerator<SegmentRecord> {
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(RECORD_HEAD_BYTES);
  for (let start = from; start + RECORD_HEAD_BYTES <= size;) {
    await handle.read(bytes, 0, RECORD_HEAD_BYTES, start);
    const head = decodeRecordHead(bytes);
    const offset = start + RECORD_HEAD_BYTES;
    const end = start + (head === undefined ? withoutRecord(bytes) : recordBytes(head));
    if (head !== undefined && offset + head.length + head.labelLength <= size) yield { ...head, offset, end };
    start = end;
  }
}

/** Bytes to pass over: of what was erased, or up to where the next record may begin. */
const withoutRecord = (bytes: Buffer): number => {
  const length = erasedLength(bytes);
  return length === undefined ? RECORD_ALIGNMENT : recordBytes({ length, labelLength: 0 });
};
