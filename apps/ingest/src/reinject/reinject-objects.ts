import { mkdir } from 'node:fs/promises';
import { reinjectObjectsQueue } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { Identities } from '@waystation/identity';
import { LOGGER, PLATFORM, SETTINGS, TimerLanes, type Logger, type Platform, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ReinjectObject } from './reinject-object.js';

/** Longer than an object takes that is not enormous; while it takes longer the claim is extended. */
const LEASE_MS = 15_000;
const AT_A_TIME = 2;

/** When somebody asks for an object in quarantine: takes it in, or says why not. Of several receivers one does it. */
@Injectable()
export class ReinjectObjects implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lanes: TimerLanes;

  constructor(
    log: EventLog,
    commands: CommandHandler,
    identities: Identities,
    @Inject(PLATFORM) { objects }: Platform,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) logger: Logger,
  ) {
    const reinject = new ReinjectObject(commands, objects, identities, settings.spoolFolder);
    this.lanes = new TimerLanes({
      log,
      // It is asked for seldom: one question a round costs less than a look after every append.
      prefix: reinjectObjectsQueue,
      concurrency: () => AT_A_TIME,
      leaseMs: LEASE_MS,
      handle: ({ stream }) => reinject.handle(stream),
      logger,
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await mkdir(this.settings.spoolFolder, { recursive: true, mode: 0o700 });
    await this.lanes.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.lanes.stop(this.settings.drainSeconds * 1000);
  }
}
