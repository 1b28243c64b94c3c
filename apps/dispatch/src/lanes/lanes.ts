import { configurationDecider, laneOf } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { LOGGER, SETTINGS, TimerWorker, type Logger, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AttemptDelivery } from '../attempt-delivery/attempt-delivery.js';

/** How often new lanes are looked for where no event announced one. */
const LOOK_MS = 1000;
/** A dispatcher that shows no sign of life for so long has vanished. */
const LEASE_MS = 10_000;

/**
 * One lane per target, each with its own worker: a target that is dead or slow keeps only its own lane busy. Lanes come
 * into being when a delivery waits in them.
 */
@Injectable()
export class Lanes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly workers = new Map<string, TimerWorker>();
  private concurrency: ReadonlyMap<string, number> = new Map();
  private look: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    private readonly attempts: AttemptDelivery,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.openLanes();
    this.look = setInterval(() => void this.openLanes(), LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.look);
    const graceMs = this.settings.drainSeconds * 1000;
    await Promise.all([...this.workers.values()].map((worker) => worker.stop(graceMs)));
  }

  /** A delivery to the target waits: look at its lane now. */
  wake(target: string): void {
    const worker = this.workers.get(laneOf(target));
    if (worker) worker.look();
    else this.openLane(laneOf(target));
  }

  private async openLanes(): Promise<void> {
    try {
      const { state } = await this.commands.load(configurationDecider, streamName.configuration);
      this.concurrency = new Map(state.document.targets.map(({ name, concurrency }) => [laneOf(name), concurrency]));
      for (const { queue } of await this.log.timers.queues(laneOf(''))) this.openLane(queue);
    } catch (error) {
      this.logger.warn(`cannot look for deliveries: ${messageOf(error)}`);
    }
  }

  private openLane(queue: string): void {
    if (this.stopping || this.workers.has(queue)) return;
    const worker = new TimerWorker({
      log: this.log,
      queue,
      concurrency: () => this.concurrency.get(queue) ?? 1,
      leaseMs: LEASE_MS,
      handle: async ({ stream, claimedAt }, signal) => {
        await this.attempts.run(stream, claimedAt, signal);
      },
      logger: this.logger,
    });
    this.workers.set(queue, worker);
  }
}
