import type { CopySink } from './copy-out.js';
import { RowDecoder } from './row-decoder.js';
import type { StoredEvent } from './stored-event.js';

/** Events that are decoded at once: they are gone before the garbage collector has to move them. */
const PIECE = 250;
const FIRST_BYTES = 4 * 1024 * 1024;

/** A message is a letter, a length that counts itself, and so many bytes ("Message Flow" of the Postgres manual). */
const HEAD_BYTES = 5;
const COPY_DATA = 'd'.charCodeAt(0);

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

/** A page of the log in the very messages that the database sent. It is decoded when somebody looks at it. */
export class CopiedPage implements CopySink {
  readonly #rows: number[] = [];
  #bytes: Buffer;
  #size = 0;
  /** Where the first message begins that is not whole yet. */
  #next = 0;

  constructor(private readonly memory: PageMemory) {
    this.#bytes = memory.take();
  }

  /** Events in it. */
  get length(): number {
    return this.#rows.length;
  }

  add(bytes: Buffer, pass: (message: Buffer) => void): void {
    this.#append(bytes);
    while (this.#next + HEAD_BYTES <= this.#size) {
      const start = this.#next;
      const end = start + 1 + this.#bytes.readInt32BE(start + 1);
      if (end > this.#size) return;
      this.#next = end;
      if (this.#bytes[start] === COPY_DATA) this.#addRow(start + HEAD_BYTES, end);
      else pass(this.#bytes.subarray(start, end));
    }
  }

  /** The numbers of the streams in it, each once. */
  streamNumbers(): ReadonlySet<number> {
    const numbers = new Set<number>();
    for (const row of this.#rows) numbers.add(RowDecoder.streamNo(this.#bytes, row));
    return numbers;
  }

  /** The events, some at a time; the page is over then. */
  *events(decoder: RowDecoder, names: ReadonlyMap<number, string>): Generator<readonly StoredEvent[]> {
    for (let row = 0; row < this.length; row += PIECE) {
      const rows = this.#rows.slice(row, row + PIECE);
      yield rows.map((at) => decoder.decode(this.#bytes, at, names));
    }
    this.memory.giveBack(this.#bytes);
  }

  #append(bytes: Buffer): void {
    if (this.#size + bytes.length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (this.#size + bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#size);
      this.#bytes = larger;
    }
    this.#size += bytes.copy(this.#bytes, this.#size);
  }

  #addRow(start: number, end: number): void {
    const row = RowDecoder.rowAt(this.#bytes, start);
    if (row < end && !RowDecoder.isEnd(this.#bytes, row)) this.#rows.push(row);
  }
}
