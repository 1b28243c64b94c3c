import { evolveSubscription, flowing, retryDelayMs, type SubscriptionEvent } from '@waystation/domain';
import type { EventLog, Office } from '@waystation/event-log';
import {
  categoryOf,
  streamName,
  SubscriptionEventParked,
  SubscriptionResumed,
  SubscriptionStalled,
  type Recorded,
  type RecordedEvent,
  type Subscription,
  type SubscriptionRedeliveryRequested,
} from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { Verdict } from '@waystation/outbound-http';
import type { Logger } from '@waystation/service';
import { fits } from '../feed/event-filter.js';
import type { SharedPages } from '../feed/shared-pages.js';
import { Wake } from '../feed/wake.js';
import { addedAt } from './added-at.js';
import { EventSender } from './event-sender.js';
import { rest } from './rest.js';
import { checkpointOf } from './webhook-names.js';

export interface WebhookLaneOptions {
  readonly subscription: Subscription;
  /** Of the configuration in force. */
  readonly version: number;
  readonly log: EventLog;
  readonly pages: SharedPages;
  /** CloudEvents source of the log. */
  readonly source: string;
  readonly logger: Pick<Logger, 'log' | 'warn'>;
}

const LOOK_EVERY_MS = 1_000;
const BREATHER_MS = 1_000;
/** A checkpoint that is behind costs a few repetitions after a crash. */
const SAVE_EVERY_MS = 200;
/** What fails so often is worth an event. */
const STALLED_AFTER = 3;

type Failed = Extract<Verdict, { kind: 'failed' }>;

/**
 * Sends the events of one subscription, one after another in the order of the log, each until the endpoint has taken or
 * refused it. Of all processes one does, and goes on where the one before it was: at least once, never past an event.
 */
export class WebhookLane {
  readonly #stopping = new AbortController();
  readonly #abandoning = new AbortController();
  readonly #wake = new Wake();
  readonly #sender: EventSender;
  readonly #ended: Promise<void>;
  #reached = 0;
  #saved = -1;
  #savedAt = 0;
  #stalled = false;

  constructor(private readonly options: WebhookLaneOptions) {
    this.#sender = new EventSender(options.subscription, options.source);
    this.#ended = this.#run();
  }

  /** Begins no further request; one that is under way has so long to end. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#wake.ring();
    const patience = setTimeout(() => this.#abandoning.abort(), graceMs);
    await this.#ended;
    clearTimeout(patience);
    this.#sender.close();
  }

  get #name(): string {
    return this.options.subscription.name;
  }

  async #run(): Promise<void> {
    const silence = this.options.log.onAppended(this.#wake.ring);
    while (!this.#stopping.signal.aborted) {
      try {
        const office = await this.options.log.checkpoints.take(checkpointOf(this.#name));
        if (office !== undefined) await this.#inOffice(office);
      } catch (error) {
        this.options.logger.warn(`webhook '${this.#name}' has to wait: ${messageOf(error)}`);
      }
      await rest(BREATHER_MS, this.#stopping.signal);
    }
    silence();
  }

  async #inOffice(office: Office): Promise<void> {
    office.lost.addEventListener('abort', this.#wake.ring);
    try {
      await this.#begin(office);
      while (this.#mayWork(office)) {
        const page = await this.options.pages.behind(this.#reached);
        for (const event of page) if (!(await this.#pass(event, office))) return await this.#save(office);
        await this.#save(office);
        if (page.length === 0) await this.#wake.within(LOOK_EVERY_MS);
      }
    } finally {
      await office.giveBack();
    }
  }

  /** Finds where to go on, and whether the endpoint was taking events when the one before left. */
  async #begin(office: Office): Promise<void> {
    const { log, subscription, version } = this.options;
    const known = await log.checkpoints.get(checkpointOf(this.#name));
    const first = subscription.from === 'beginning' ? 0 : await addedAt(log, this.#name, version);
    this.#reached = Math.max(known, first);
    const events = await log.readStream(streamName.subscription(this.#name));
    const state = (events as unknown as readonly Recorded<SubscriptionEvent>[]).reduce(evolveSubscription, flowing);
    this.#stalled = state.stalled !== undefined;
    this.#saved = -1;
    await this.#save(office);
  }

  #mayWork(office: Office): boolean {
    return !this.#stopping.signal.aborted && office.held;
  }

  /** Deals with an event; false where it is time to stop before that is done. */
  async #pass(event: RecordedEvent, office: Office): Promise<boolean> {
    const wanted = await this.#wanted(event);
    if (wanted !== undefined && !(await this.#deliver(wanted, office))) return false;
    this.#reached = event.position;
    if (performance.now() - this.#savedAt > SAVE_EVERY_MS) await this.#save(office);
    return true;
  }

  /**
   * What has to be sent when an event is met: itself, where it fits; another one that somebody wants sent once more; or
   * nothing. Subscriptions are never told of themselves or of each other: a refusal would be news that is refused in turn.
   */
  async #wanted(event: RecordedEvent): Promise<RecordedEvent | undefined> {
    const { log, subscription } = this.options;
    if (event.type === 'subscription.redelivery-requested.v1' && event.stream === streamName.subscription(this.#name))
      return log.read((event as Recorded<SubscriptionRedeliveryRequested>).data.position);
    return categoryOf(event.stream) !== 'subscription' && fits(event, subscription) ? event : undefined;
  }

  /** Sends an event until it is taken or refused; false where it is time to stop before. */
  async #deliver(event: RecordedEvent, office: Office): Promise<boolean> {
    for (let attempt = 1; this.#mayWork(office); attempt++) {
      const verdict = await this.#sender.send(event, this.#abandoning.signal);
      if (verdict.kind !== 'failed') {
        await this.#settle(event, attempt, verdict);
        return true;
      }
      await this.#fail(event, attempt, verdict, office);
    }
    return false;
  }

  async #settle({ position }: RecordedEvent, attempts: number, verdict: Exclude<Verdict, Failed>): Promise<void> {
    const resumed = this.#stalled ? [SubscriptionResumed.of({ position, attempts })] : [];
    const { kind, ...said } = verdict;
    const parked = kind === 'refused' && 'code' in said ? [SubscriptionEventParked.of({ position, ...said })] : [];
    await this.#append([...resumed, ...parked]);
    this.#stalled = false;
  }

  async #fail({ position }: RecordedEvent, attempts: number, failure: Failed, office: Office): Promise<void> {
    const { code, reason, retryAfterMs } = failure;
    if (attempts === STALLED_AFTER && !this.#stalled) {
      this.options.logger.warn(`webhook '${this.#name}' is stalled at position ${position}: ${code}, ${reason}`);
      await this.#append([SubscriptionStalled.of({ position, attempts, code, reason })]);
      this.#stalled = true;
    }
    await this.#save(office);
    const policy = { ...this.options.subscription.retry, attempts: 1, factor: 2 };
    const wait = Math.max(retryAfterMs, retryDelayMs(policy, attempts, Math.random()));
    await rest(wait, AbortSignal.any([this.#stopping.signal, office.lost]));
  }

  async #append(events: readonly SubscriptionEvent[]): Promise<void> {
    if (events.length === 0) return;
    const { log } = this.options;
    await log.append({
      time: log.clock.estimate(),
      metadata: { actor: { kind: 'service', name: 'audit' } },
      parts: [{ stream: streamName.subscription(this.#name), expected: 'any', events }],
    });
  }

  async #save(office: Office): Promise<void> {
    if (this.#saved === this.#reached) return;
    await office.save(checkpointOf(this.#name), this.#reached);
    this.#saved = this.#reached;
    this.#savedAt = performance.now();
  }
}
