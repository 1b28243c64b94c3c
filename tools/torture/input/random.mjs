import { createHash } from 'node:crypto';

/** Random numbers that are the same for the same seed on every machine. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = createHash('sha256').update(String(seed)).digest().readUInt32LE(0);
  }

  /** A number from 0 up to, not including, 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` up to and including `most`. */
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True so often in so many. */
  oneIn(count) {
    return this.between(1, count) === 1;
  }

  pick(list) {
    return list[this.between(0, list.length - 1)];
  }

  bytes(length) {
    return Buffer.from(Array.from({ length }, () => this.between(0, 255)));
  }
}
