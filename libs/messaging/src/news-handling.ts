import type { RecordedEvent } from '@waystation/events';
import { CodedError, hasCode, messageOf } from '@waystation/kernel';
import type { BusLogger } from './bus-logger.js';
import type { ConfirmedPublisher, Publication } from './confirmed-publisher.js';
import type { Delivery } from './delivery.js';
import { deadMessage, failedMessage } from './failed-message.js';
import type { LogReader } from './log-reader.js';
import { decodeNews, type News } from './news.js';
import { pause } from './pause.js';
import { StreamLanes } from './stream-lanes.js';
import type { Subscription } from './subscriptions.js';

export interface NewsHandlingOptions {
  readonly subscription: Subscription;
  readonly log: Pick<LogReader, 'read'>;
  /** Where failed messages go. */
  readonly publisher: ConfirmedPublisher;
  readonly ladder: readonly number[];
  readonly logger: BusLogger;
}

/** Before it asks again for a log or a broker that failed it. */
const breatherMs = 1_000;

/**
 * What becomes of the messages of one consumer. A message is acknowledged when its event is handled, or when the broker
 * has confirmed a copy of it for a later attempt or for the dead: it is never in no queue. Messages of one stream are
 * worked on in the order in which they came.
 */
export class NewsHandling {
  readonly #lanes = new StreamLanes();
  readonly #abandoned = new AbortController();

  constructor(private readonly options: NewsHandlingOptions) {}

  receive(delivery: Delivery): void {
    try {
      const news = decodeNews(delivery.message.content);
      void this.#lanes.run(news.subject, () => this.#handle(delivery, news));
    } catch (error) {
      void this.#lanes.run('', () => this.#bury(delivery, error));
    }
  }

  /** Resolves when every message that was received is settled. */
  idle(): Promise<void> {
    return this.#lanes.idle();
  }

  /** Waits no longer for a log or a broker that is away, and begins nothing new. */
  abandon(): void {
    this.#abandoned.abort();
  }

  async #handle(delivery: Delivery, news: News): Promise<void> {
    let event: RecordedEvent | undefined;
    try {
      event = await this.#load(delivery, news);
    } catch (error) {
      return this.#bury(delivery, error);
    }
    if (event === undefined) return;
    const { subscription, ladder } = this.options;
    try {
      await subscription.handle(event);
    } catch (error) {
      this.#warn(`failed at position ${event.position}`, error);
      return this.#hand(delivery, failedMessage(subscription.consumer.name, delivery.message, error, ladder));
    }
    delivery.acknowledge();
  }

  /**
   * The event that the message tells of; undefined when nobody waits for it any longer. An outage of the log is no
   * fault of the message: it is waited for here, without counting as an attempt.
   */
  async #load(delivery: Delivery, news: News): Promise<RecordedEvent | undefined> {
    while (!delivery.lost && !this.#abandoned.signal.aborted) {
      try {
        return sameAs(news, await this.options.log.read(news.position));
      } catch (error) {
        if (hasCode(error, 'log.no-such-position') || hasCode(error, 'messaging.foreign-news')) throw error;
        this.#warn('cannot read the log, waits', error);
        await pause(breatherMs, this.#abandoned.signal);
      }
    }
    return undefined;
  }

  #bury(delivery: Delivery, error: unknown): Promise<void> {
    this.#warn('buries a message', error);
    return this.#hand(delivery, deadMessage(this.options.subscription.consumer.name, delivery.message, error));
  }

  /** Gives the message to another queue; if that fails the broker keeps it, and counts. */
  async #hand(delivery: Delivery, publication: Publication): Promise<void> {
    try {
      if (await this.options.publisher.publish(publication)) return delivery.acknowledge();
      await this.options.publisher.reset();
      throw new CodedError('messaging.no-queue', `there is no queue for ${publication.routingKey}`);
    } catch (error) {
      this.#warn('puts a message back', error);
      await pause(breatherMs, this.#abandoned.signal);
      delivery.putBack();
    }
  }

  #warn(what: string, error: unknown): void {
    this.options.logger.warn(`${this.options.subscription.consumer.name} ${what}: ${messageOf(error)}`);
  }
}

/** A message of another log, or of this one before it was restored, would name the wrong event. */
const sameAs = (news: News, event: RecordedEvent): RecordedEvent => {
  if (news.type === event.type && news.subject === event.stream) return event;
  throw new CodedError(
    'messaging.foreign-news',
    `position ${news.position} is ${event.type} of ${event.stream}, the message says ${news.type} of ${news.subject}`,
  );
};
