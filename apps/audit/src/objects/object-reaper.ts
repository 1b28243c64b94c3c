import type { ReapProgress, ReapReport } from '@waystation/answers';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import { ObjectsReaped, streamName, type Actor } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { ListedObject, ObjectStore } from '@waystation/object-store';
import { assertOwnStore } from './assert-own-store.js';
import { NamedInLog } from './named-in-log.js';
import type { SetAside } from './set-aside.js';
import { unnamedObjects } from './unnamed-objects.js';

const OFFICE = 'store-reaper';

/** What is to be removed, and who wants it. */
export interface ReapOrder {
  /** For how long it has been in the object store at least, milliseconds. */
  readonly olderThanMs: number;
  /** Nothing is removed or written down. */
  readonly dryRun: boolean;
  readonly actor: Actor;
}

/**
 * Removes objects that no event names: those of a receiver that died between object and event, of an append that was undone, of an
 * attempt of a job that came to nothing. Can be cut off at any moment and run again.
 */
export class ObjectReaper {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    private readonly objects: ObjectStore,
    private readonly aside: SetAside,
  ) {}

  /**
   * Does it once.
   * @throws objects.reaping-elsewhere where another process is at it; objects.other-log; log.unavailable,
   * object-store.unavailable
   */
  async run(order: ReapOrder, onProgress: (progress: ReapProgress) => void, stop: AbortSignal): Promise<ReapReport> {
    const office = await this.log.checkpoints.take(OFFICE);
    if (!office) throw new CodedError('objects.reaping-elsewhere', 'another process is reaping this store just now');
    const signal = AbortSignal.any([office.lost, stop]);
    try {
      return await this.reap(order, onProgress, signal);
    } finally {
      await office.giveBack();
    }
  }

  private async reap(
    { olderThanMs, dryRun, actor }: ReapOrder,
    onProgress: (progress: ReapProgress) => void,
    signal: AbortSignal,
  ): Promise<ReapReport> {
    // By the clock of the database: that of this machine may be wrong.
    const before = Date.parse(await this.log.now()) - olderThanMs;
    const { commands, objects } = this;
    const names = new NamedInLog(this.log);
    await names.catchUp(() => signal.throwIfAborted());
    await assertOwnStore(this.objects, names);
    const back = dryRun ? [] : [...(await this.aside.settle(names, signal))];
    let [looked, count, bytes] = [0, 0, 0];
    const look = (): void => {
      looked++;
      onProgress({ looked, count, bytes });
      signal.throwIfAborted();
    };
    for await (const found of unnamedObjects({ commands, objects, names }, before, look)) {
      signal.throwIfAborted();
      if (found.length === 0) continue;
      count += found.length;
      bytes += sumOf(found);
      if (dryRun) continue;
      await this.writeDown(found, new Date(before), actor);
      await this.aside.remove(found.map(({ key }) => key));
    }
    if (!dryRun) back.push(...(await this.aside.settle(names, signal)));
    return { dryRun, count, bytes, back };
  }

  private async writeDown(found: readonly ListedObject[], before: Date, actor: Actor): Promise<void> {
    const reaped = ObjectsReaped.of({
      before: before.toISOString(),
      count: found.length,
      bytes: sumOf(found),
      objects: found.map(({ key, size, modifiedAt }) => ({
        key,
        size,
        modifiedAt: new Date(modifiedAt).toISOString(),
      })),
    });
    await this.log.append({
      parts: [{ stream: streamName.reaper, expected: 'any', events: [reaped] }],
      time: this.log.clock.estimate(),
      metadata: { actor },
    });
  }
}

const sumOf = (objects: readonly ListedObject[]): number => objects.reduce((sum, { size }) => sum + size, 0);
