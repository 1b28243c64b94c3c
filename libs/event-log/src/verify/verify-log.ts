import type { EventLog } from '../event-log.js';
import { hashedPages } from '../read/hashed-pages.js';
import type { Seal } from '../seal/seal-hash.js';
import { AnchorCheck } from './anchor-check.js';
import { EventCheck } from './event-check.js';
import { checkHead } from './head-check.js';
import { ProblemList } from './problem-list.js';
import { SealCheck } from './seal-check.js';
import { sealedRanges } from './sealed-ranges.js';
import { SequenceCheck } from './sequence-check.js';
import type { VerifyReport } from './verify-report.js';

export interface VerifyOptions {
  /** First position; 1 where it is left out. */
  readonly from?: number;
  /** Last position; the head where it is left out. */
  readonly to?: number;
  /** Seals that were copied outside of the database, in the order in which they were made. */
  readonly anchors?: AsyncIterable<Seal> | Iterable<Seal>;
  readonly onProgress?: (position: number, to: number) => void;
}

/**
 * Reads a log once, in order, and checks everything that can be checked: positions and sequences are dense, recorded
 * times ascend, every event has the hash it was appended with, seals have the roots of their ranges and hang together,
 * and they are the ones that were anchored. Memory does not grow with the log.
 */
export const verifyLog = async (log: EventLog, options: VerifyOptions = {}): Promise<VerifyReport> => {
  const problems = new ProblemList();
  const head = (await log.head()).position;
  const from = options.from ?? 1;
  const to = Math.min(options.to ?? head, head);
  const anchors = options.anchors && new AnchorCheck(options.anchors, problems);
  const single = new EventCheck(from - 1, problems);
  const sequences = new SequenceCheck(log.pool, problems);
  const seals = new SealCheck(sealedRanges(log, problems), from, anchors, problems);
  let events = 0;
  for await (const page of hashedPages(log.pool, { after: from - 1, through: to })) {
    for (const row of page) {
      single.event(row);
      await seals.event(row);
    }
    await sequences.page(page);
    events += page.length;
    options.onProgress?.(page.at(-1)?.[0] ?? to, to);
  }
  single.end(to);
  await seals.end(to);
  await checkHead(log.pool, problems);
  const { all } = problems;
  const unsealedFrom = seals.through + 1;
  return { ok: all.length === 0, events, seals: seals.checked, head, unsealedFrom, problems: all };
};
