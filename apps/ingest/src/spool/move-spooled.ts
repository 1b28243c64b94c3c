import { seriesDecider, type MoveObjects, type SeriesState } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type EventMetadata } from '@waystation/events';
import { CodedError, hasCode } from '@waystation/kernel';
import type { ObjectStore, SpooledObject } from '@waystation/object-store';
import type { HeldSpool } from './held-spool.js';
import { inParallel } from './in-parallel.js';
import { judgeSpooled, type Judgement } from './judge-spooled.js';
import { matchesHash } from './matches-hash.js';
import { parseLabel } from './object-label.js';
import { SpoolWalk } from './spool-walk.js';

/** Objects that are looked at together; their moves are one event for each series. */
const BATCH = 200;
/** Objects on their way to the object store at the same time. */
const IN_FLIGHT = 8;

/** An object that reached the object store. */
type Moved = MoveObjects['objects'][number] & { readonly series: string; readonly metadata: EventMetadata };

/**
 * Brings what lies in a spool to the object store, and writes that down. The log is asked about every object: what it says is
 * in a spool is moved, what it does not know (any more) is dropped with its file. So doing it again, or twice at the same time,
 * does no harm, and it makes no difference whether the writer lives.
 */
export class MoveSpooled {
  /** @param damaged told of an object that is needed and whose bytes are not what they were */
  constructor(
    private readonly commands: CommandHandler,
    private readonly objects: ObjectStore,
    private readonly damaged: (sentence: string) => void,
  ) {}

  /**
   * Goes through all files once and removes those that nobody needs any more.
   * @returns how many objects reached the object store
   * @throws what the object store or the log throws: what was moved until then is written down where the log can be written
   */
  async empty(spool: HeldSpool, signal: AbortSignal): Promise<number> {
    let moved = 0;
    for (const file of await spool.folder.files()) {
      if (signal.aborted || !spool.office.held) break;
      moved += await this.emptyFile(spool, file, signal);
    }
    return moved;
  }

  private async emptyFile(spool: HeldSpool, file: string, signal: AbortSignal): Promise<number> {
    const { folder, progress } = spool;
    // Before the file is read and the log is asked: what they do not hold then they never will.
    const [isFinished, isSettled] = [spool.isFinished(file), spool.isSettled(file)];
    const walk = new SpoolWalk(progress.cursorOf(file));
    let moved = 0;
    try {
      for await (const batch of inBatches(folder.list(file, walk.cursor))) {
        if (signal.aborted || !spool.office.held) return moved;
        const done = await this.moveBatch(spool, batch, isSettled);
        moved += done.moved;
        walk.take(batch, done.gone);
        if (done.failure !== undefined) throw done.failure;
      }
    } finally {
      progress.passed(file, walk);
      progress.waitingSince(file, walk.waitingSince);
    }
    if (!isFinished || walk.isHeldUp) return moved;
    await folder.remove(file);
    progress.removed(file);
    spool.forget(file);
    return moved;
  }

  private async moveBatch(
    spool: HeldSpool,
    batch: readonly SpooledObject[],
    isSettled: boolean,
  ): Promise<BatchOutcome> {
    const judged = await this.judge(batch, isSettled);
    const gone = new Set(judged.flatMap(({ object, verdict }) => (verdict === 'done' ? [object] : [])));
    const moved = new Map<SpooledObject, Moved>();
    let failure: unknown;
    await inParallel(judged, IN_FLIGHT, async (one) => {
      if (one.verdict !== 'move') return;
      const { seriesInstanceUid: series, sopInstanceUid } = one.label;
      const key = await this.move(spool, one.object, one.known.dataSetOffset);
      if (key === undefined) return;
      moved.set(one.object, { series, sopInstanceUid, sha256: one.object.sha256, key, metadata: one.metadata });
    }).catch((error: unknown) => {
      failure = error;
    });
    await this.write([...moved.values()]);
    for (const object of moved.keys()) gone.add(object);
    return { gone, moved: moved.size, failure };
  }

  private async judge(batch: readonly SpooledObject[], isSettled: boolean): Promise<readonly Judged[]> {
    const labelled = batch.map((object) => ({ object, label: parseLabel(object.label) }));
    const series = new Set(labelled.flatMap(({ label }) => (label === undefined ? [] : [label.seriesInstanceUid])));
    const states = new Map<string, SeriesState>();
    await inParallel([...series], IN_FLIGHT, async (uid) => {
      states.set(uid, (await this.commands.load(seriesDecider, streamName.series(uid))).state);
    });
    return labelled.map(({ object, label }) => {
      const state = label && states.get(label.seriesInstanceUid);
      return { object, metadata: metadataOf(state), ...judgeSpooled(object, label, state, isSettled) };
    });
  }

  /** @returns its key in the object store; undefined where the object itself cannot be read as it was written */
  private async move({ folder }: HeldSpool, object: SpooledObject, dataSetOffset: number): Promise<string | undefined> {
    try {
      return await folder.lend(object, async (lent) => {
        if (await matchesHash(lent, dataSetOffset)) return this.objects.keep(lent);
        throw new CodedError('object-store.spool-unreadable', 'its bytes are not those that were received');
      });
    } catch (error) {
      if (!(error instanceof CodedError) || !hasCode(error, 'object-store.spool-unreadable')) throw error;
      const place = `${folder.writer}/${object.file} at ${object.offset}`;
      this.damaged(
        `object ${object.label} in spool ${place} is damaged: ${error.message}; its sender has to send it again`,
      );
      return undefined;
    }
  }

  /** One event for each series. */
  private async write(moved: readonly Moved[]): Promise<void> {
    const bySeries = new Map<string, Moved[]>();
    for (const one of moved) bySeries.set(one.series, [...(bySeries.get(one.series) ?? []), one]);
    await Promise.all(
      [...bySeries].map(([series, those]) => {
        const objects = those.map(({ sopInstanceUid, sha256, key }) => ({ sopInstanceUid, sha256, key }));
        const command = { kind: 'move-objects', objects } as const;
        const metadata = those[0]?.metadata ?? {};
        return this.commands.handle(seriesDecider, streamName.series(series), command, { metadata });
      }),
    );
  }
}

type Judged = Judgement & { readonly object: SpooledObject; readonly metadata: EventMetadata };

/** Of what happens to a series without anybody asking for it. */
const metadataOf = (state: SeriesState | undefined): EventMetadata =>
  state === undefined || state.status === 'unknown'
    ? {}
    : { correlationid: streamName.association(state.source.association) };

interface BatchOutcome {
  /** Objects that the spool need not hold any more. */
  readonly gone: ReadonlySet<SpooledObject>;
  readonly moved: number;
  readonly failure?: unknown;
}

async function* inBatches(objects: AsyncIterable<SpooledObject>): AsyncGenerator<readonly SpooledObject[]> {
  let batch: SpooledObject[] = [];
  for await (const object of objects) {
    batch.push(object);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
