import type { Instant } from '@waystation/kernel';
import type { Access } from './access.js';

/** The same reading again within so many milliseconds is counted instead of written. */
const QUIET_MS = 60_000;
/** Readings that are remembered as written lately. */
const REMEMBERED = 10_000;

/** A reading that waits to be written, with those that were the same. */
export interface HeldReading {
  readonly access: Access;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly times: number;
  /** Milliseconds on the clock of whoever holds it. */
  readonly dueAt: number;
}

/**
 * Readings on their way to the log: the first of its kind is due at once, those that follow within a minute are one at its
 * end. So a page that refreshes itself all day is an event a minute, and who read what is never lost in it.
 */
export class HeldReadings {
  readonly #held = new Map<string, HeldReading>();
  readonly #quietUntil = new Map<string, number>();

  get size(): number {
    return this.#held.size;
  }

  /** When the next one is due; undefined where none is held. */
  get dueAt(): number | undefined {
    return this.size === 0 ? undefined : Math.min(...[...this.#held.values()].map(({ dueAt }) => dueAt));
  }

  add(access: Access, at: Instant, now: number): void {
    const key = keyOf(access);
    const held = this.#held.get(key);
    this.#held.set(
      key,
      held === undefined
        ? { access, firstAt: at, lastAt: at, times: 1, dueAt: Math.max(now, this.#quietUntil.get(key) ?? now) }
        : { ...held, lastAt: at, times: held.times + 1 },
    );
  }

  /** Hands out what is due, or all there is. */
  take(now: number, what: 'due' | 'all' = 'due'): readonly HeldReading[] {
    const due = [...this.#held].filter(([, { dueAt }]) => what === 'all' || dueAt <= now);
    for (const [key] of this.#quietUntil) if ((this.#quietUntil.get(key) ?? 0) <= now) this.#quietUntil.delete(key);
    if (this.#quietUntil.size > REMEMBERED) this.#quietUntil.clear();
    for (const [key] of due) {
      this.#held.delete(key);
      this.#quietUntil.set(key, now + QUIET_MS);
    }
    return due.map(([, reading]) => reading);
  }

  /** Takes back what could not be written. */
  putBack(readings: readonly HeldReading[]): void {
    for (const reading of readings) {
      const key = keyOf(reading.access);
      const later = this.#held.get(key);
      this.#held.set(
        key,
        later === undefined ? reading : { ...reading, lastAt: later.lastAt, times: reading.times + later.times },
      );
    }
  }
}

const keyOf = ({ kind, view, subject, reader }: Access): string =>
  JSON.stringify([kind, view, subject, reader.kind, reader.name, reader.address]);
