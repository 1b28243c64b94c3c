import { evolveSubscription, flowing, retryDelayMs, type SubscriptionEvent } from '@waystation/domain';
import type { EventLog } from '@waystation/event-log';
import {
  streamName,
  SubscriptionEventParked,
  SubscriptionResumed,
  SubscriptionStalled,
  type Recorded,
  type RecordedEvent,
  type Subscription,
} from '@waystation/events';
import type { Verdict } from '@waystation/outbound-http';
import type { Logger } from '@waystation/service';
import { EventSender } from './event-sender.js';
import { rest } from './rest.js';

/** What fails so often is worth an event. */
const STALLED_AFTER = 3;

type Failed = Extract<Verdict, { kind: 'failed' }>;

/** What a delivery has to stop for, and what is done before it waits. */
export interface WebhookTurn {
  /** No further request may begin. */
  readonly over: AbortSignal;
  /** Whether a request may begin now. */
  mayWork(): boolean;
  /** The request that is under way is given up. */
  readonly abandoned: AbortSignal;
  /** Writes down how far it is. */
  save(): Promise<void>;
}

/** Brings events to the endpoint of a subscription, and writes down where that takes long or is refused. */
export class WebhookDelivery {
  readonly #sender: EventSender;
  #stalled = false;

  constructor(
    private readonly log: EventLog,
    private readonly subscription: Subscription,
    source: string,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {
    this.#sender = new EventSender(subscription, source);
  }

  /** Finds out whether the endpoint was taking events when another process left. */
  async begin(): Promise<void> {
    const events = await this.log.readStream(streamName.subscription(this.subscription.name));
    const state = (events as unknown as readonly Recorded<SubscriptionEvent>[]).reduce(evolveSubscription, flowing);
    this.#stalled = state.stalled !== undefined;
  }

  /**
   * Sends events in one request until they are taken or refused. A batch that is refused is sent event by event, so that
   * only what is refused alone is put aside.
   * @returns whether all are dealt with; else it is time to stop, and some may have been taken
   */
  async deliver(events: readonly RecordedEvent[], turn: WebhookTurn): Promise<boolean> {
    const [first] = events;
    for (let attempt = 1; first !== undefined && turn.mayWork(); attempt++) {
      const verdict = await this.#sender.send(events, turn.abandoned);
      if (verdict.kind === 'failed') await this.#fail(first, attempt, verdict, turn);
      else if (verdict.kind === 'refused' && events.length > 1) return this.#oneByOne(events, turn);
      else {
        await this.#settle(first, attempt, verdict);
        return true;
      }
    }
    return first === undefined;
  }

  /** Lets go of connections. */
  close(): void {
    this.#sender.close();
  }

  async #oneByOne(events: readonly RecordedEvent[], turn: WebhookTurn): Promise<boolean> {
    for (const event of events) if (!(await this.deliver([event], turn))) return false;
    return true;
  }

  async #settle({ position }: RecordedEvent, attempts: number, verdict: Exclude<Verdict, Failed>): Promise<void> {
    const resumed = this.#stalled ? [SubscriptionResumed.of({ position, attempts })] : [];
    const { kind, ...said } = verdict;
    const parked = kind === 'refused' && 'code' in said ? [SubscriptionEventParked.of({ position, ...said })] : [];
    await this.#append([...resumed, ...parked]);
    this.#stalled = false;
  }

  async #fail({ position }: RecordedEvent, attempts: number, failure: Failed, turn: WebhookTurn): Promise<void> {
    const { code, reason, retryAfterMs } = failure;
    const { name, retry } = this.subscription;
    if (attempts === STALLED_AFTER && !this.#stalled) {
      this.logger.warn(`webhook '${name}' is stalled at position ${position}: ${code}, ${reason}`);
      await this.#append([SubscriptionStalled.of({ position, attempts, code, reason })]);
      this.#stalled = true;
    }
    await turn.save();
    const wait = Math.max(retryAfterMs, retryDelayMs({ ...retry, attempts: 1, factor: 2 }, attempts, Math.random()));
    await rest(wait, turn.over);
  }

  async #append(events: readonly SubscriptionEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.log.append({
      time: this.log.clock.estimate(),
      metadata: { actor: { kind: 'service', name: 'audit' } },
      parts: [{ stream: streamName.subscription(this.subscription.name), expected: 'any', events }],
    });
  }
}
