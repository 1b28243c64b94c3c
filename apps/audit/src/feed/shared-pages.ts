import type { EventLog } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';

/** Events that are read at once. */
const PAGE = 500;

/**
 * Reads the log for many who follow it. Those at the same place, as all are who have caught up, share one reading and one
 * page in memory.
 */
export class SharedPages {
  readonly #underWay = new Map<number, Promise<readonly RecordedEvent[]>>();

  constructor(private readonly log: Pick<EventLog, 'readAll'>) {}

  /** The events behind a position, in order and without a hole; fewer than a page only at the end of the log. */
  behind(after: number): Promise<readonly RecordedEvent[]> {
    const known = this.#underWay.get(after);
    if (known) return known;
    const page = this.log.readAll({ after, limit: PAGE }).finally(() => this.#underWay.delete(after));
    this.#underWay.set(after, page);
    return page;
  }
}
