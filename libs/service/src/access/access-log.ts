import type { EventLog } from '@waystation/event-log';
import { FeedFollowed, streamName, type Actor, type NewEvent } from '@waystation/events';
import { CodedError, messageOf, type Instant } from '@waystation/kernel';
import type { Logger } from '@waystation/observability';
import type { OnApplicationShutdown } from '@nestjs/common';
import { accessEvent, type Access } from './access.js';
import { HeldReadings } from './held-readings.js';

/** Readings go to the log together, at most so many milliseconds after the first of them. */
const GATHER_MS = 500;
/** Different readings that may wait while the log takes nothing. */
const ROOM = 10_000;

/**
 * Writes down who read what, in streams by day. Nobody who reads waits for it; but while the log takes nothing, only so many
 * may read unrecorded, and then nobody any more.
 */
export class AccessLog implements OnApplicationShutdown {
  readonly #held = new HeldReadings();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /** @throws CodedError `access.unavailable`: what is read now could not be written down */
  assertRoom(): void {
    if (this.#held.size < ROOM) return;
    throw new CodedError(
      'access.unavailable',
      `${this.#held.size} readings could not be written down yet: nothing more is shown until the log takes them`,
    );
  }

  /** Notes that somebody read something; it is in the log within a second, or counted there within a minute. */
  record(access: Access): void {
    this.#held.add(access, new Date().toISOString(), performance.now());
    this.#wake();
  }

  /** Writes down that somebody begins to follow the events, before the first of them is shown. */
  async recordFollowing(what: FeedFollowed['data'], reader: Actor): Promise<void> {
    await this.#append(FeedFollowed.of(what), reader, new Date().toISOString());
  }

  /** Writes down what is still held: nobody is answered any more. */
  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write('all');
  }

  #wake(): void {
    const { dueAt } = this.#held;
    if (dueAt === undefined || this.#timer !== undefined || this.#stopped) return;
    const wait = Math.max(GATHER_MS, dueAt - performance.now());
    this.#timer = setTimeout(() => {
      this.#writing = this.#write('due').finally(() => {
        this.#timer = undefined;
        this.#wake();
      });
    }, wait);
  }

  async #write(what: 'due' | 'all'): Promise<void> {
    const readings = this.#held.take(performance.now(), what);
    const outcomes = await Promise.allSettled(
      readings.map(({ access, firstAt, lastAt, times }) => {
        const { kind, view, subject, reader } = access;
        return this.#append(accessEvent(kind, { view, subject, times, lastAt }), reader, firstAt);
      }),
    );
    const failed = readings.filter((_, index) => outcomes[index]?.status === 'rejected');
    this.#held.putBack(failed);
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) this.logger.warn(`${failed.length} readings wait to be written down: ${messageOf(failure.reason)}`);
  }

  async #append(event: NewEvent, reader: Actor, time: Instant): Promise<void> {
    const stream = streamName.access(time.slice(0, 10));
    await this.log.append({
      time,
      metadata: { actor: reader },
      parts: [{ stream, expected: 'any', events: [event] }],
    });
  }
}
