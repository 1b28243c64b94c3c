import { RowDecoder } from './row-decoder.js';
import type { StoredEvent } from './stored-event.js';

/** Events that are decoded at once: they are gone before the garbage collector has to move them. */
const PIECE = 250;
const FIRST_BYTES = 4 * 1024 * 1024;

/** Memory for pages, which is used again and again: the collector would go through all the heap for every 64 MB of it. */
export class PageMemory {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  giveBack(bytes: Buffer): void {
    this.#free.push(bytes);
  }
}

/** A page of the log as the database sent it. It is decoded when somebody looks at it. */
export class CopiedPage {
  readonly #ends: number[] = [];
  #bytes: Buffer;
  #size = 0;

  constructor(private readonly memory: PageMemory) {
    this.#bytes = memory.take();
  }

  /** Events in it. */
  get length(): number {
    return this.#ends.length;
  }

  /** Copies a row, whose bytes are the driver's. */
  add(row: Buffer): void {
    if (this.#size + row.length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (this.#size + row.length));
      this.#bytes.copy(larger, 0, 0, this.#size);
      this.#bytes = larger;
    }
    const bytes = RowDecoder.isEnd(row) ? 0 : row.copy(this.#bytes, this.#size);
    if (bytes === 0) return;
    this.#size += bytes;
    this.#ends.push(this.#size);
  }

  /** Forgets what was added. */
  clear(): void {
    this.#size = 0;
    this.#ends.length = 0;
  }

  /** The numbers of the streams in it, each once. */
  streamNumbers(): ReadonlySet<number> {
    const numbers = new Set<number>();
    for (let row = 0; row < this.length; row++) numbers.add(RowDecoder.streamNo(this.#bytes, this.#ends[row - 1] ?? 0));
    return numbers;
  }

  /** The events, some at a time; the page is over then. */
  *events(decoder: RowDecoder, names: ReadonlyMap<number, string>): Generator<readonly StoredEvent[]> {
    for (let row = 0; row < this.length; row += PIECE) {
      const piece: StoredEvent[] = [];
      const end = Math.min(row + PIECE, this.length);
      for (let at = row; at < end; at++) piece.push(decoder.decode(this.#bytes, this.#ends[at - 1] ?? 0, names));
      yield piece;
    }
    this.memory.giveBack(this.#bytes);
  }
}
