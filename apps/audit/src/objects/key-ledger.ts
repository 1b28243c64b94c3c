import { hash } from 'node:crypto';

/** What is noted of a key. `expired` also of a prefix, with its slash. */
export type KeyNote = 'named' | 'expired' | 'spooled' | 'stored';

const NOTES: readonly (KeyNote | undefined)[] = [undefined, 'named', 'expired', 'spooled', 'stored'];
const NOTE_BITS = 3n;
const NOTE_MASK = (1n << NOTE_BITS) - 1n;

const FIRST_SLOTS = 1 << 12;

/**
 * Remembers something of each of many keys, in about 16 bytes for each, however long they are: 61 bits of their SHA-256. Of ten
 * million keys two share them with a probability of 0.00002; then one may be taken for the other.
 */
export class KeyLedger {
  #slots = new BigUint64Array(FIRST_SLOTS);
  #size = 0;

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** Notes something of a key, in place of what was noted before. */
  set(key: string, note: KeyNote): void {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const mark = markOf(key);
    const slot = slotOf(this.#slots, mark);
    if (this.#slots[slot] === 0n) this.#size++;
    this.#slots[slot] = mark | BigInt(NOTES.indexOf(note));
  }

  /** What was noted of a key last. */
  get(key: string): KeyNote | undefined {
    const content = this.#slots[slotOf(this.#slots, markOf(key))] ?? 0n;
    return NOTES[Number(content & NOTE_MASK)];
  }

  #grow(): void {
    const larger = new BigUint64Array(this.#slots.length * 2);
    for (const content of this.#slots) if (content !== 0n) larger[slotOf(larger, content & ~NOTE_MASK)] = content;
    this.#slots = larger;
  }
}

const markOf = (key: string): bigint => hash('sha256', key, 'buffer').readBigUInt64LE(0) & ~NOTE_MASK;

/** Where a mark is, or where it belongs. */
const slotOf = (slots: BigUint64Array, mark: bigint): number => {
  const last = slots.length - 1;
  for (let slot = Number((mark >> NOTE_BITS) & 0xffffffffn) & last; ; slot = (slot + 1) & last) {
    const content = slots[slot] ?? 0n;
    if (content === 0n || (content & ~NOTE_MASK) === mark) return slot;
  }
};
