import type { EventLog, Office } from '@waystation/event-log';
import {
  categoryOf,
  streamName,
  type Recorded,
  type RecordedEvent,
  type Subscription,
  type SubscriptionRedeliveryRequested,
} from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/service';
import { fits } from '../feed/event-filter.js';
import type { SharedPages } from '../feed/shared-pages.js';
import { Wake } from '../feed/wake.js';
import { addedAt } from './added-at.js';
import { GatheredEvents } from './gathered-events.js';
import { rest } from './rest.js';
import { WebhookDelivery, type WebhookTurn } from './webhook-delivery.js';
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
/**
 * Sends the events of one subscription in the order of the log, one request after another, each until the endpoint has taken
 * or refused it. Of all processes one does, and goes on where the one before it was: at least once, never past an event.
 */
export class WebhookLane {
  readonly #stopping = new AbortController();
  readonly #abandoning = new AbortController();
  readonly #wake = new Wake();
  readonly #delivery: WebhookDelivery;
  readonly #gathered: GatheredEvents;
  readonly #ended: Promise<void>;
  /** The last event that was looked at, and the last one behind which nothing is left to be sent. */
  #read = 0;
  #reached = 0;
  #saved = -1;
  #savedAt = 0;

  constructor(private readonly options: WebhookLaneOptions) {
    const { log, subscription, source, logger } = options;
    this.#delivery = new WebhookDelivery(log, subscription, source, logger);
    this.#gathered = new GatheredEvents(subscription.batch);
    this.#ended = this.#run();
  }

  /** Begins no further request; one that is under way has so long to end. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#wake.ring();
    const patience = setTimeout(() => this.#abandoning.abort(), graceMs);
    await this.#ended;
    clearTimeout(patience);
    this.#delivery.close();
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
        const page = await this.options.pages.behind(this.#read);
        for (const event of page) if (!(await this.#pass(event, office))) return await this.#save(office);
        await this.#save(office);
        if (page.length === 0 && !(await this.#atTheEnd(office))) return await this.#save(office);
      }
    } finally {
      await office.giveBack();
    }
  }

  /** Finds where to go on. */
  async #begin(office: Office): Promise<void> {
    const { log, subscription, version } = this.options;
    const known = await log.checkpoints.get(checkpointOf(this.#name));
    const first = subscription.from === 'beginning' ? 0 : await addedAt(log, this.#name, version);
    this.#reached = Math.max(known, first);
    this.#read = this.#reached;
    this.#gathered.take();
    await this.#delivery.begin();
    this.#saved = -1;
    await this.#save(office);
  }

  #mayWork(office: Office): boolean {
    return !this.#stopping.signal.aborted && office.held;
  }

  /** Takes note of an event; false where it is time to stop. */
  async #pass(event: RecordedEvent, office: Office): Promise<boolean> {
    const wanted = await this.#wanted(event);
    if (wanted !== undefined) this.#gathered.add(wanted, performance.now());
    this.#read = event.position;
    if (this.#gathered.isFull && !(await this.#flush(office))) return false;
    if (this.#gathered.isEmpty) this.#reached = this.#read;
    if (performance.now() - this.#savedAt > SAVE_EVERY_MS) await this.#save(office);
    return true;
  }

  /** Waits for more. What is gathered goes when it waited long enough; false where it is time to stop. */
  async #atTheEnd(office: Office): Promise<boolean> {
    const due = this.#gathered.isEmpty ? LOOK_EVERY_MS : this.#gathered.dueIn(performance.now());
    if (due === 0) return this.#flush(office);
    await this.#wake.within(Math.min(due, LOOK_EVERY_MS));
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

  /** Sends what is gathered; false where it is time to stop before that is dealt with. */
  async #flush(office: Office): Promise<boolean> {
    const turn: WebhookTurn = {
      over: AbortSignal.any([this.#stopping.signal, office.lost]),
      mayWork: () => this.#mayWork(office),
      abandoned: this.#abandoning.signal,
      save: () => this.#save(office),
    };
    if (!(await this.#delivery.deliver(this.#gathered.take(), turn))) return false;
    this.#reached = this.#read;
    return true;
  }

  async #save(office: Office): Promise<void> {
    if (this.#saved === this.#reached) return;
    await office.save(checkpointOf(this.#name), this.#reached);
    this.#saved = this.#reached;
    this.#savedAt = performance.now();
  }
}
