import type { Instant } from '@waystation/kernel';

/** 2000-01-01, which Postgres counts from. */
const EPOCH_MS = 946_684_800_000;
const ENDINGS = Array.from({ length: 1000 }, (_, ms) => `${String(ms).padStart(3, '0')}Z`);

const prefixOf = (second: number): string => {
  const date = new Date(second * 1000);
  return Number.isNaN(date.getTime()) ? 'infinity' : date.toISOString().slice(0, -4);
};

/** Reads instants from the binary format of Postgres. Remembers the last second: the next instant is often in it. */
export class InstantReader {
  #second = Number.NaN;
  #prefix = '';

  /** A `timestamptz` at a place of the bytes. */
  read(bytes: Buffer, at: number): Instant {
    // In two steps, because microseconds of remote centuries do not fit into a number.
    const high = bytes.readInt32BE(at);
    const thousands = Math.floor(high / 1000);
    const rest = (high - thousands * 1000) * 2 ** 32 + bytes.readUInt32BE(at + 4);
    const ms = thousands * 2 ** 32 + Math.floor(rest / 1000) + EPOCH_MS;
    const second = Math.floor(ms / 1000);
    if (second !== this.#second) {
      this.#prefix = prefixOf(second);
      this.#second = second;
    }
    return this.#prefix + (ENDINGS[ms - second * 1000] ?? '');
  }
}
