import { laneOfChannel } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { messageOf } from '@waystation/kernel';
import { LOGGER, SETTINGS, TimerWorker, type Logger, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AttemptNotification } from './attempt-notification.js';

/** How often new lanes are looked for where no event announced one. */
const LOOK_MS = 1000;
/** A worker that shows no sign of life for so long has vanished. */
const LEASE_MS = 10_000;
/** Messages to one channel at the same time: one that is slow to answer keeps the others waiting a little less. */
const CONCURRENCY = 4;

/** One lane per channel, each with its own worker: a channel that is dead or slow keeps only its own lane busy. */
@Injectable()
export class ChannelLanes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly workers = new Map<string, TimerWorker>();
  private look: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    private readonly log: EventLog,
    private readonly attempts: AttemptNotification,
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

  /** A notification to the channel waits: look at its lane now. */
  wake(channel: string): void {
    const worker = this.workers.get(laneOfChannel(channel));
    if (worker) worker.look();
    else this.openLane(laneOfChannel(channel));
  }

  private async openLanes(): Promise<void> {
    try {
      for (const { queue } of await this.log.timers.queues(laneOfChannel(''))) this.openLane(queue);
    } catch (error) {
      this.logger.warn(`cannot look for notifications: ${messageOf(error)}`);
    }
  }

  private openLane(queue: string): void {
    if (this.stopping || this.workers.has(queue)) return;
    const worker = new TimerWorker({
      log: this.log,
      queue,
      concurrency: () => CONCURRENCY,
      leaseMs: LEASE_MS,
      handle: async ({ stream }, signal) => {
        await this.attempts.run(stream, signal);
      },
      logger: this.logger,
    });
    this.workers.set(queue, worker);
  }
}
