import { laneOfChannel } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { LOGGER, SETTINGS, TimerLanes, type Logger, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AttemptNotification } from './attempt-notification.js';

/** A worker that shows no sign of life for so long has vanished. */
const LEASE_MS = 10_000;
/** Messages to one channel at the same time: one that is slow to answer keeps the others waiting a little less. */
const CONCURRENCY = 4;

/** One lane per channel: a channel that is dead or slow keeps only its own lane busy. */
@Injectable()
export class ChannelLanes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lanes: TimerLanes;

  constructor(
    log: EventLog,
    attempts: AttemptNotification,
    @Inject(LOGGER) logger: Logger,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.lanes = new TimerLanes({
      log,
      prefix: laneOfChannel(''),
      concurrency: () => CONCURRENCY,
      leaseMs: LEASE_MS,
      handle: async ({ stream }, signal) => {
        await attempts.run(stream, signal);
      },
      logger,
    });
  }

  onApplicationBootstrap(): Promise<void> {
    return this.lanes.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.lanes.stop(this.settings.drainSeconds * 1000);
  }

  /** A notification to the channel waits: look at its lane now. */
  wake(channel: string): void {
    this.lanes.wake(laneOfChannel(channel));
  }
}
