import { setTimeout as delay } from 'node:timers/promises';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { messageOf } from '@waystation/kernel';
import { waystationMetrics } from '@waystation/observability';
import { LOGGER, PLATFORM, SETTINGS, type Logger, type Platform, type Settings } from '@waystation/service';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AdoptSpools } from './adopt-spools.js';
import { checkSpool } from './check-spool.js';
import { describeWaiting, secondsSince } from './describe-waiting.js';
import type { HeldSpool } from './held-spool.js';
import { keepInStore } from './keep-in-store.js';
import { MoveSpooled } from './move-spooled.js';
import type { ObjectKeeping } from './object-keeping.js';
import { OwnSpool } from './own-spool.js';
import { sumOf, type SpoolTotals } from './spool-progress.js';
import { StoreWatch } from './store-watch.js';

/** Between two looks for writers that are gone. */
const ADOPT_MS = 3_000;
/** Between two looks at what waits. */
const LOOK_MS = 250;
/** When nothing came for so long a burst of objects is over. */
const QUIET_MS = 1_000;
/** Nothing waits longer for the end of a burst: then receiving and moving share the processor. */
const LONGEST_WAIT_MS = 10_000;
/** For how long the object store may leave the health check without an answer. */
const PROBE_MS = 3_000;

/** The spool in front of the object store: what is received into it, and what moves on from it. */
@Injectable()
export class SpoolService implements OnApplicationBootstrap, OnApplicationShutdown {
  /** How received objects are kept, as the settings say. */
  readonly keeping: ObjectKeeping;
  private readonly own: OwnSpool;
  private readonly isSpooling: boolean;
  private readonly mover: MoveSpooled;
  private readonly adopting: AdoptSpools;
  private readonly watch: StoreWatch;
  private readonly stopping = new AbortController();
  private adopted: readonly HeldSpool[] = [];
  private adoptAt = 0;
  private lastOwn: HeldSpool | undefined;
  private lastArrival = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    log: EventLog,
    commands: CommandHandler,
    @Inject(PLATFORM) private readonly platform: Platform,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const { objects } = platform;
    const { spoolFolder, acknowledge } = settings;
    const warn = (sentence: string): void => logger.warn(sentence);
    this.isSpooling = acknowledge === 'spooled' && !objects.isLocal;
    this.own = new OwnSpool(spoolFolder, log.checkpoints, () => (this.lastArrival = performance.now()));
    this.keeping = this.isSpooling ? this.own : keepInStore(objects);
    this.mover = new MoveSpooled(commands, objects, warn);
    this.adopting = new AdoptSpools(spoolFolder, log.checkpoints, warn);
    this.watch = new StoreWatch(logger, () => describeWaiting(this.totals));
  }

  onApplicationBootstrap(): void {
    this.showWhatWaits();
    if (this.isSpooling) this.reportHealth();
    else if (this.settings.acknowledge === 'spooled')
      this.logger.log(
        'objects are kept in files: they are stored at once, and acknowledge=spooled makes no difference',
      );
    this.running = this.run();
  }

  /** After the last association is gone: moves what can be moved, and leaves the rest to whoever comes next. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.own.close();
    this.lastArrival = 0;
    const lastTurn = this.turn(AbortSignal.timeout(this.settings.drainSeconds * 1000)).catch(() => undefined);
    await Promise.race([lastTurn, delay(this.settings.drainSeconds * 1000, undefined, { ref: false })]);
    const held = await this.held();
    const { objects } = this.totals;
    if (objects > 0) this.logger.warn(`${describeWaiting(this.totals)}; the next receiver on this spool moves it`);
    for (const spool of held)
      if (!(await this.adopting.finish(spool).catch(() => false))) await spool.office.giveBack();
  }

  private get totals(): SpoolTotals {
    const own = this.lastOwn === undefined ? [] : [this.lastOwn];
    return sumOf([...own, ...this.adopted].map(({ progress }) => progress.totals));
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.turn(signal);
        this.watch.worked();
      } catch (error) {
        this.watch.failed(error);
        this.logger.debug(`the spool: ${messageOf(error)}`);
      }
      await delay(Math.max(LOOK_MS, this.watch.pauseMs), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Looks at everything once. */
  private async turn(signal: AbortSignal): Promise<void> {
    await this.adopt();
    const held = await this.held();
    if (this.isBurst()) return;
    await this.own.rest(QUIET_MS);
    const failures: unknown[] = [];
    for (const spool of held) await this.mover.empty(spool, signal).catch((error: unknown) => failures.push(error));
    const finished = new Set<HeldSpool>();
    for (const spool of this.adopted)
      if (!spool.office.held || (await this.adopting.finish(spool))) finished.add(spool);
    this.adopted = this.adopted.filter((spool) => !finished.has(spool));
    if (failures.length > 0) throw failures[0];
  }

  private async adopt(): Promise<void> {
    if (performance.now() < this.adoptAt) return;
    this.adoptAt = performance.now() + ADOPT_MS;
    for (const spool of await this.adopting.adopt()) {
      this.adopted = [...this.adopted, spool];
      const { writer } = spool.folder;
      this.logger.log(`spool ${writer} was left by a receiver that is gone: ${describeWaiting(spool.progress.totals)}`);
    }
  }

  /** The spools that this process may empty: its own, and those of others that are gone. */
  private async held(): Promise<readonly HeldSpool[]> {
    this.lastOwn = await this.own.held();
    return [...this.adopted, ...(this.lastOwn === undefined ? [] : [this.lastOwn])];
  }

  /**
   * Whether objects are coming in: moving one costs several times what receiving one does, and nobody misses it before the
   * quiet period of its series is over.
   */
  private isBurst(): boolean {
    const { oldestAt } = this.totals;
    const hasTime = oldestAt === undefined || Date.now() - oldestAt < LONGEST_WAIT_MS;
    return hasTime && performance.now() - this.lastArrival < QUIET_MS;
  }

  private showWhatWaits(): void {
    const { metrics } = this.platform;
    waystationMetrics.spoolObjects(metrics, async () => [{ value: this.totals.objects }]);
    waystationMetrics.spoolBytes(metrics, async () => [{ value: this.totals.bytes }]);
    waystationMetrics.spoolOldestSeconds(metrics, async () => [{ value: secondsSince(this.totals.oldestAt) }]);
  }

  /** A receiver that spools is ready without the object store, and not without its spool. */
  private reportHealth(): void {
    const { health, objects } = this.platform;
    health.add('spool', async () => {
      await checkSpool(this.settings.spoolFolder);
      return describeWaiting(this.totals);
    });
    health.add('object store', async () => {
      const away = (error: unknown): string => `away, and objects are spooled: ${messageOf(error)}`;
      const silence = delay(PROBE_MS, `away, and objects are spooled: no answer within ${PROBE_MS} ms`, { ref: false });
      return Promise.race([objects.check().then(() => undefined, away), silence]);
    });
  }
}
