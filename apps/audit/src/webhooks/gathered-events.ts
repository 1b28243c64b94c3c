import type { RecordedEvent, Subscription } from '@waystation/events';

/** Events on their way into one request: one alone, or a batch where the subscription takes batches. */
export class GatheredEvents {
  #events: RecordedEvent[] = [];
  #dueAt = 0;

  constructor(private readonly batch: Subscription['batch']) {}

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  get isFull(): boolean {
    return this.#events.length >= (this.batch?.max ?? 1);
  }

  /** Milliseconds until they are to go although there are not as many as there might be. @param now on any steady clock */
  dueIn(now: number): number {
    return Math.max(0, this.#dueAt - now);
  }

  add(event: RecordedEvent, now: number): void {
    if (this.isEmpty) this.#dueAt = now + (this.batch?.waitMs ?? 0);
    this.#events.push(event);
  }

  /** Hands them out; none are left. */
  take(): readonly RecordedEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
