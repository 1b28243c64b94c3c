import { Archiver, type ArchiveOrder, type EventLog, type SegmentDeed } from '@waystation/event-log';
import { hasCode, instantAfter, messageOf, type Instant } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { Logger, Settings } from '@waystation/service';
import type { SealLog } from '../verify/seal-log.js';

const INTERVAL_MS = 3_600_000;
const DAY_MS = 86_400_000;

type Policy = Settings['archive'];

/** What the policy says in words that stay in the log. */
const reasonOf = ({ afterDays, detachAfterDays, dropAfterDays }: Policy): string =>
  [
    ...(afterDays === undefined ? [] : [`archive after ${afterDays} days`]),
    ...(detachAfterDays === undefined ? [] : [`detach after ${detachAfterDays}`]),
    ...(dropAfterDays === undefined ? [] : [`drop after ${dropAfterDays}`]),
  ].join(', ');

/** Archives old segments of the log: on a schedule as the settings say, and when somebody orders it. */
export class ArchiveLog {
  private readonly archiver: Archiver;
  private timer: NodeJS.Timeout | undefined;
  private turning: Promise<unknown> = Promise.resolve();
  private readonly stopping = new AbortController();

  /** @param folder for copies on their way */
  constructor(
    private readonly log: EventLog,
    objects: ObjectStore,
    folder: string,
    private readonly policy: Policy,
    private readonly logger: Logger,
    private readonly seals: Pick<SealLog, 'seal'>,
  ) {
    this.archiver = new Archiver(log, objects, folder);
  }

  onApplicationBootstrap(): void {
    if (this.policy.afterDays === undefined) return;
    const turn = (): void => {
      this.turning = this.turn();
    };
    this.timer = setInterval(turn, INTERVAL_MS);
    turn();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.turning;
  }

  /** Does what somebody orders, after everything was sealed. @throws as `Archiver.run` does */
  async run(order: ArchiveOrder, onDeed: (deed: SegmentDeed) => void): Promise<readonly SegmentDeed[]> {
    await this.seals.seal();
    return this.archiver.run(order, { onDeed, signal: this.stopping.signal });
  }

  /** Does what the policy says. A failure is tried again at the next turn, by whoever is first then. */
  async turn(): Promise<void> {
    try {
      const order = orderOf(this.policy, await this.log.now());
      const say = ({ from, to, done }: SegmentDeed): void => this.logger.log(`positions ${from} to ${to} are ${done}`);
      await this.run(order, say);
    } catch (error) {
      if (hasCode(error, 'log.archiving-elsewhere') || this.stopping.signal.aborted) return;
      this.logger.warn(`the log could not be archived: ${messageOf(error)}`);
    }
  }
}

/** What a policy orders at an instant. */
export const orderOf = (policy: Policy, now: Instant): ArchiveOrder => {
  const before = (days: number | undefined): Instant | undefined =>
    days === undefined ? undefined : instantAfter(now, -days * DAY_MS);
  return {
    archiveBefore: before(policy.afterDays),
    detachBefore: before(policy.detachAfterDays),
    dropBefore: before(policy.dropAfterDays),
    actor: { kind: 'service', name: 'audit' },
    reason: reasonOf(policy),
  };
};
