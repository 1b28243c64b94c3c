import type { KeyObject } from 'node:crypto';
import type { CodedError } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import type { Seal } from '../seal/seal-hash.js';
import { AnchorCheck } from './anchor-check.js';
import { EventCheck } from './event-check.js';
import { checkHead } from './head-check.js';
import { ProblemList } from './problem-list.js';
import { SealCheck } from './seal-check.js';
import { sealedRanges } from './sealed-ranges.js';
import { SequenceCheck } from './sequence-check.js';
import { SignatureCheck } from './signature-check.js';
import type { VerifyReport } from './verify-report.js';

export interface VerifyOptions {
  /** First position; 1 where it is left out. */
  readonly from?: number;
  /** Last position; the head where it is left out. */
  readonly to?: number;
  /** Seals that were copied outside of the database, in the order in which they were made. */
  readonly anchors?: AsyncIterable<Seal> | Iterable<Seal>;
  /** Ed25519 keys that were kept outside of the database: the newest seal has to be signed by one of them. */
  readonly publicKeys?: readonly KeyObject[];
  readonly onProgress?: (position: number, to: number) => void;
}

/**
 * Reads a log once, in order, and checks everything that can be checked: positions and sequences are dense, recorded
 * times ascend, every event has the hash it was appended with, seals have the roots of their ranges and hang together,
 * they are the ones that were anchored, and their signatures are valid. What has left the table is read from its copies.
 * Memory does not grow with the log.
 */
export const verifyLog = async (log: EventLog, options: VerifyOptions = {}): Promise<VerifyReport> => {
  const problems = new ProblemList();
  const head = (await log.head()).position;
  const from = options.from ?? 1;
  const to = Math.min(options.to ?? head, head);
  const anchors = options.anchors && new AnchorCheck(options.anchors, head, problems);
  const signatures = new SignatureCheck(options.publicKeys ?? [], problems);
  const single = new EventCheck(from - 1, problems);
  const sequences = new SequenceCheck(log, problems);
  const ranges = sealedRanges(log, problems, (event, change) => signatures.keyChanged(event, change));
  const seals = new SealCheck(ranges, from, { anchors, signatures }, problems);
  const onDamage = ({ details, code, message }: CodedError): void =>
    problems.add(Number(details['from']), code, message);
  let events = 0;
  for await (const page of log.stored({ after: from - 1, through: to }, { onDamage })) {
    for (const event of page) {
      single.event(event);
      const atEnd = seals.event(event);
      if (atEnd) await atEnd;
    }
    await sequences.page(page);
    events += page.length;
    options.onProgress?.(page.at(-1)?.position ?? to, to);
  }
  single.end(to);
  await seals.end(to);
  await checkHead(log.pool, problems);
  const { all } = problems;
  return {
    ok: all.length === 0,
    events,
    seals: seals.checked,
    head,
    unsealedFrom: seals.through + 1,
    signedThrough: signatures.through,
    archivedThrough: await log.archivedThrough(),
    problems: all,
  };
};
