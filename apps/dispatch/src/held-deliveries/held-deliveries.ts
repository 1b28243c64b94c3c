import { deliveryDecider, heldDeliveriesQueue, type KnownDelivery } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { instantAfter, type Instant } from '@waystation/kernel';
import { LOGGER, TimerWorker, type DueTimer, type Logger } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { causeOf } from '../attempt-delivery/cause-of.js';
import { circumstancesOf } from '../attempt-delivery/circumstances-of.js';

const LEASE_MS = 10_000;
const AT_ONCE = 8;
/** How often it is looked at what waits, in case nobody was told of what it waits for. */
const LOOK_MS = 300_000;

/** Looks at deliveries that are held: once they are, when their hours begin, and when what they wait for happens. */
@Injectable()
export class HeldDeliveries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: TimerWorker | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.worker = new TimerWorker({
      log: this.log,
      queue: heldDeliveriesQueue,
      concurrency: () => AT_ONCE,
      leaseMs: LEASE_MS,
      handle: (timer) => this.review(timer),
      logger: this.logger,
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop(LEASE_MS);
  }

  private async review({ stream, claimedAt }: DueTimer): Promise<void> {
    const { state: held } = await this.commands.load(deliveryDecider, stream);
    if (held.status !== 'held' || held.hold?.reason === 'operator') return;
    const { circumstances } = await circumstancesOf(this.commands, held.request, claimedAt);
    const review = { kind: 'review-hold', ...circumstances } as const;
    const metadata = causeOf(held.request, held.waitingPosition);
    const { state, events } = await this.commands.handle(deliveryDecider, stream, review, { metadata });
    // Whatever it waits for that happened after the claim voided the claim, and this with it.
    if (state.status === 'held' && events.length === 0)
      await this.log.timers.rearm(stream, nextLookAt(state, claimedAt));
  }
}

const nextLookAt = ({ hold }: KnownDelivery, now: Instant): Instant => {
  const at = instantAfter(now, LOOK_MS);
  return hold?.reason === 'off-peak' && hold.until < at ? hold.until : at;
};
