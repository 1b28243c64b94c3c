import { eventHash } from '../append/event-hash.js';
import type { StoredEvent } from '../read/stored-event.js';
import type { ProblemList } from './problem-list.js';

/** Checks what can be told from one event and the one before it: density, time, and its own hash. */
export class EventCheck {
  #position: number;
  #recordedtime = '';

  /** @param after the position before the first that is checked */
  constructor(
    after: number,
    private readonly problems: ProblemList,
  ) {
    this.#position = after;
  }

  event(event: StoredEvent): void {
    const { position, recordedtime, type, stream } = event;
    this.#missing(position);
    if (recordedtime < this.#recordedtime) {
      this.problems.add(
        position,
        'log.time-reversed',
        `the event at position ${position} was recorded at ${recordedtime}, before the one it follows: ${this.#recordedtime}`,
      );
    }
    if (!eventHash(event).equals(event.hash)) {
      this.problems.add(
        position,
        'log.changed-event',
        `the event at position ${position} (${type} of stream ${stream}) does not have the hash it was appended with`,
      );
    }
    this.#position = position;
    this.#recordedtime = recordedtime;
  }

  /** The last event that is checked should have been at `through`. */
  end(through: number): void {
    this.#missing(through + 1);
  }

  #missing(position: number): void {
    const first = this.#position + 1;
    const last = position - 1;
    if (first > last) return;
    const what = first === last ? `position ${first} is` : `positions ${first} to ${last} are`;
    this.problems.add(first, 'log.hole', `${what} missing from the log`);
  }
}
