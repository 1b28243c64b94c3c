import type { Instant } from '@waystation/kernel';

/** What the database's clock probably shows, from the last time it was read. */
export class DatabaseClock {
  #aheadMs = 0;

  /** The database's clock has just shown this. */
  read(instant: Instant): void {
    this.#aheadMs = Date.parse(instant) - Date.now();
  }

  estimate(): Instant {
    return new Date(Date.now() + this.#aheadMs).toISOString();
  }
}
