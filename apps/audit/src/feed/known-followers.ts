import type { Actor } from '@waystation/events';
import type { EventFilter } from './event-filter.js';

const REMEMBERED = 10_000;

/**
 * Who follows what, day by day: that somebody follows is written down once a day, not with each page or each time it
 * comes back.
 */
export class KnownFollowers {
  #day = '';
  readonly #known = new Set<string>();

  /** Whether it was written down on this day. @param day in UTC, `2026-01-31` */
  has(day: string, following: Following): boolean {
    if (day !== this.#day || this.#known.size >= REMEMBERED) this.#known.clear();
    this.#day = day;
    return this.#known.has(keyOf(following));
  }

  add(following: Following): void {
    this.#known.add(keyOf(following));
  }
}

/** Somebody who follows. */
export interface Following {
  readonly reader: Actor;
  readonly filter: EventFilter;
  readonly live: boolean;
}

const keyOf = ({ reader, filter, live }: Following): string =>
  JSON.stringify([reader.kind, reader.name, reader.address, filter.types, filter.streams, filter.study, live]);
