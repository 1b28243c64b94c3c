import { configurationDecider, laneOf } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { LOGGER, SETTINGS, TimerLanes, type Logger, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AttemptDelivery } from '../attempt-delivery/attempt-delivery.js';

/** A dispatcher that shows no sign of life for so long has vanished. */
const LEASE_MS = 10_000;

/** One lane per target: a target that is dead or slow keeps only its own lane busy. */
@Injectable()
export class Lanes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lanes: TimerLanes;
  private concurrency: ReadonlyMap<string, number> = new Map();

  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
    attempts: AttemptDelivery,
    @Inject(LOGGER) logger: Logger,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    this.lanes = new TimerLanes({
      log,
      prefix: laneOf(''),
      concurrency: (queue) => this.concurrency.get(queue) ?? 1,
      prepare: () => this.readConcurrency(),
      leaseMs: LEASE_MS,
      handle: async ({ stream, claimedAt }, signal) => {
        await attempts.run(stream, claimedAt, signal);
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

  /** A delivery to the target waits: look at its lane now. */
  wake(target: string): void {
    this.lanes.wake(laneOf(target));
  }

  private async readConcurrency(): Promise<void> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    this.concurrency = new Map(state.document.targets.map(({ name, concurrency }) => [laneOf(name), concurrency]));
  }
}
