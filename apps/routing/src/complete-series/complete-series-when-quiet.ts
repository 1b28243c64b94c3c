import { quietUntil, seriesDecider, seriesQuietQueue } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, type EventMetadata } from '@waystation/events';
import { LOGGER, TimerWorker, type DueTimer, type Logger } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

/** A quarter of a minute: longer than any pause of a healthy process, shorter than anybody's patience. */
const LEASE_MS = 15_000;

/**
 * When the timer of a series goes off: complete it, or look again when its quiet period will be over. The timer is set
 * once when objects begin to arrive, so that an object costs no timer write.
 */
@Injectable()
export class CompleteSeriesWhenQuiet implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: TimerWorker | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.worker = new TimerWorker({
      log: this.log,
      queue: seriesQuietQueue,
      concurrency: () => 8,
      leaseMs: LEASE_MS,
      handle: (timer) => this.complete(timer),
      logger: this.logger,
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop(LEASE_MS);
  }

  private async complete({ stream, claimedAt }: DueTimer): Promise<void> {
    const { state: quiet } = await this.commands.load(seriesDecider, stream);
    if (quiet.status === 'unknown') return;
    const command = { kind: 'complete-series', now: claimedAt } as const;
    // Should an object arrive between here and the decision, it is too early to complete: the cause stays true.
    const metadata: EventMetadata = {
      correlationid: streamName.association(quiet.source.association),
      causationid: quiet.lastArrivalPosition,
    };
    const { state } = await this.commands.handle(seriesDecider, stream, command, { metadata });
    if (state.status === 'receiving') await this.log.timers.rearm(stream, quietUntil(state));
  }
}
