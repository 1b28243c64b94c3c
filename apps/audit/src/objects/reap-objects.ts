import type { ReapProgress, ReapReport } from '@waystation/answers';
import { hasCode, messageOf, plural } from '@waystation/kernel';
import type { Logger } from '@waystation/service';
import type { ObjectReaper, ReapOrder } from './object-reaper.js';
import type { SetAside } from './set-aside.js';

const HOUR_MS = 3_600_000;
const INTERVAL_MS = 24 * HOUR_MS;
/** Whoever starts again and again does not go through the store each time. */
const FIRST_AFTER_MS = HOUR_MS;

/** Reaps the object store: once a day where the settings say so, and when somebody orders it. */
export class ReapObjects {
  private timer: NodeJS.Timeout | undefined;
  private turning: Promise<unknown> = Promise.resolve();
  private readonly stopping = new AbortController();

  /** @param afterHours age from which objects go that no event names; undefined: only when somebody orders it */
  constructor(
    private readonly reaper: ObjectReaper,
    private readonly aside: SetAside,
    private readonly afterHours: number | undefined,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.afterHours === undefined) return;
    this.turnIn(FIRST_AFTER_MS);
    this.turning = this.finishWhatWaits();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    this.stopping.abort();
    await this.turning;
  }

  /** Does what somebody orders. @throws as `ObjectReaper.run` does */
  async run(order: ReapOrder, onProgress: (progress: ReapProgress) => void): Promise<ReapReport> {
    const running = this.reaper.run(order, onProgress, this.stopping.signal);
    this.turning = Promise.allSettled([this.turning, running]);
    const report = await running;
    this.say(report);
    return report;
  }

  private turnIn(afterMs: number): void {
    this.timer = setTimeout(() => {
      this.turnIn(INTERVAL_MS);
      this.turning = this.turn();
    }, afterMs);
  }

  /** Whoever was at it was cut off: what was set aside may have to come back. */
  private async finishWhatWaits(): Promise<void> {
    const isWaiting = await this.aside.isWaiting().catch(() => false);
    if (isWaiting) await this.turn();
  }

  /** A failure is tried again at the next turn, by whoever is first then. */
  private async turn(): Promise<void> {
    const olderThanMs = (this.afterHours ?? 0) * HOUR_MS;
    const order: ReapOrder = { olderThanMs, dryRun: false, actor: { kind: 'service', name: 'audit' } };
    try {
      this.say(await this.reaper.run(order, () => undefined, this.stopping.signal));
    } catch (error) {
      if (hasCode(error, 'objects.reaping-elsewhere') || this.stopping.signal.aborted) return;
      this.logger.warn(`objects that no event names could not be removed: ${messageOf(error)}`);
    }
  }

  private say({ dryRun, count, bytes, back }: ReapReport): void {
    if (dryRun) return;
    if (count > 0) this.logger.log(`${plural(count, 'object')} of ${bytes} bytes removed that no event named`);
    for (const key of back) this.logger.warn(`${key} was received again while it was removed, and is back`);
  }
}
