import { mkdir, rm } from 'node:fs/promises';
import { LogSegmentArchived, LogSegmentDetached, LogSegmentDropped, type Actor } from '@waystation/events';
import { CodedError, hasCode, type Instant } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { EventLog } from '../event-log.js';
import { lastSeal } from '../seal/last-seal.js';
import { SegmentRecord } from './segment-record.js';
import { segmentsOf, type Segment } from './segments.js';
import { verifyCopy } from './verify-copy.js';
import { writeCopy } from './write-copy.js';

const OFFICE = 'log-archive';

/** What is to be done with segments whose last event was recorded before an instant; nothing where it is left out. */
export interface ArchiveOrder {
  readonly archiveBefore?: Instant | undefined;
  readonly detachBefore?: Instant | undefined;
  readonly dropBefore?: Instant | undefined;
  readonly actor: Actor;
  readonly reason: string;
}

/** A segment and what became of it. */
export interface SegmentDeed {
  readonly from: number;
  readonly to: number;
  readonly done: 'archived' | 'detached' | 'dropped';
}

/** Copies old segments of a log to the object store, and takes them out of the database. */
export class Archiver {
  constructor(
    private readonly log: EventLog,
    private readonly objects: ObjectStore,
    /** For copies on their way; made where it is missing. */
    private readonly folder: string,
  ) {}

  /**
   * Does what is ordered, the oldest segment first. A segment is only archived under a seal, only detached when it is
   * archived and only dropped when it is detached. Can be cut off at any moment and run again.
   * @param options `onDeed` is told of every segment that is done with; `signal` cuts it off
   * @throws log.archiving-elsewhere where another process is at it; log.changed-event, log.hole, log.archive-damaged,
   * log.refused, log.unavailable, object-store.full, object-store.unavailable
   */
  async run(
    order: ArchiveOrder,
    options: { readonly onDeed?: (deed: SegmentDeed) => void; readonly signal?: AbortSignal } = {},
  ): Promise<readonly SegmentDeed[]> {
    const office = await this.log.checkpoints.take(OFFICE);
    if (!office) throw new CodedError('log.archiving-elsewhere', 'another process is archiving this log just now');
    const signal = options.signal ? AbortSignal.any([office.lost, options.signal]) : office.lost;
    const deeds: SegmentDeed[] = [];
    try {
      for (const [segment, done] of await this.#due(order)) {
        signal.throwIfAborted();
        await this.#do(done, segment, order, signal);
        const deed = { from: segment.from, to: segment.to, done };
        deeds.push(deed);
        options.onDeed?.(deed);
      }
      return deeds;
    } finally {
      await office.giveBack();
    }
  }

  async #due(order: ArchiveOrder): Promise<readonly (readonly [Segment, SegmentDeed['done']])[]> {
    const { to: sealedThrough } = await lastSeal(this.log.pool);
    return (await segmentsOf(this.log.pool)).flatMap((segment) => {
      const { state, recordedTo } = segment;
      const isBefore = (instant: Instant | undefined): boolean =>
        instant !== undefined && recordedTo !== null && recordedTo < instant;
      const archive = state === 'full' && isBefore(order.archiveBefore) && segment.to <= sealedThrough;
      const detach = (archive || state === 'archived') && isBefore(order.detachBefore);
      const drop = (detach || state === 'detached') && isBefore(order.dropBefore);
      const done = { archived: archive, detached: detach, dropped: drop };
      return (['archived', 'detached', 'dropped'] as const).filter((one) => done[one]).map((one) => [segment, one]);
    });
  }

  async #do(
    done: SegmentDeed['done'],
    segment: Segment,
    { actor, reason }: ArchiveOrder,
    signal: AbortSignal,
  ): Promise<void> {
    const record = new SegmentRecord(this.log, { actor });
    if (done === 'archived') return this.#archive(segment, record, reason, signal);
    const range = { from: segment.from, to: segment.to, reason };
    const event = done === 'detached' ? LogSegmentDetached.of(range) : LogSegmentDropped.of(range);
    const known = await record.find(event.type, segment.to);
    await record.carryOut(event.type, known?.position ?? (await record.write(event)));
  }

  async #archive({ from, to }: Segment, record: SegmentRecord, reason: string, signal: AbortSignal): Promise<void> {
    const known = await record.find<LogSegmentArchived>(LogSegmentArchived.type, to);
    if (known && (await this.#isWhole(known.data, signal)))
      return record.carryOut(LogSegmentArchived.type, known.position);
    await mkdir(this.folder, { recursive: true });
    const { path, ...copy } = await writeCopy(this.log, { from, to }, this.folder, signal);
    const key = keyOf(from, to, copy.sha256);
    try {
      await this.objects.putFile(key, path);
    } finally {
      await rm(path, { force: true });
    }
    await verifyCopy(this.objects, { from, to, key, ...copy }, signal);
    const position = await record.write(LogSegmentArchived.of({ from, to, key, ...copy, reason }));
    await record.carryOut(LogSegmentArchived.type, position);
  }

  /** Whether the copy that the log tells of is still there; it was written down, and then something came in between. */
  async #isWhole(data: LogSegmentArchived['data'], signal: AbortSignal): Promise<boolean> {
    try {
      await verifyCopy(this.objects, data, signal);
      return true;
    } catch (error) {
      if (['log.archive-damaged', 'log.changed-event', 'object-store.missing'].some((code) => hasCode(error, code)))
        return false;
      throw error;
    }
  }
}

const keyOf = (from: number, to: number, sha256: string): string => {
  const [first, last] = [from, to].map((position) => String(position).padStart(19, '0'));
  return `archive/log/${first}-${last}-${sha256}.ndjson.gz`;
};
