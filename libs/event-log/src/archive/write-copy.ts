import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import { assertEnd, assertWhole } from '../seal/whole-event.js';
import { CopyWriter, type WrittenCopy } from './copy-writer.js';

/** A copy in a local file. */
export interface CopyInFile extends WrittenCopy {
  readonly path: string;
  /** When the first and the last event were recorded. */
  readonly recordedFrom: Instant;
  readonly recordedTo: Instant;
}

/**
 * Copies a range of the log into a file.
 * @param folder where the file goes; whoever calls moves or removes it
 * @throws log.hole, log.changed-event: what is wrong already is not archived; the reason of the signal
 */
export const writeCopy = async (
  log: EventLog,
  range: { readonly from: number; readonly to: number },
  folder: string,
  signal: AbortSignal,
): Promise<CopyInFile> => {
  const path = join(folder, `segment-${range.from}.ndjson.gz`);
  const file = await open(path, 'w', 0o600);
  try {
    const writer = new CopyWriter(file);
    let [recordedFrom, recordedTo, position] = ['', '', range.from];
    for await (const page of log.stored({ after: range.from - 1, through: range.to })) {
      signal.throwIfAborted();
      for (const event of page) {
        assertWhole(event, position++, 'archived');
        await writer.add(event);
        recordedFrom ||= event.recordedtime;
        recordedTo = event.recordedtime;
      }
    }
    assertEnd(position - 1, range.to, 'archived');
    return { ...(await writer.end(range)), path, recordedFrom, recordedTo };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
};
