import type { Seal } from '../seal/seal-hash.js';
import type { ProblemList } from './problem-list.js';
import type { SealedRange } from './sealed-ranges.js';

/** Compares the seals of the log with those that were copied outside of the database. */
export class AnchorCheck {
  readonly #anchors: AsyncIterator<Seal> | Iterator<Seal>;
  #next: Seal | undefined;
  #last: Seal | undefined;
  #started = false;

  /**
   * @param anchors in the order in which they were made; one may be there twice in a row
   * @param head the last position of the log
   */
  constructor(
    anchors: AsyncIterable<Seal> | Iterable<Seal>,
    private readonly head: number,
    private readonly problems: ProblemList,
  ) {
    this.#anchors = Symbol.asyncIterator in anchors ? anchors[Symbol.asyncIterator]() : anchors[Symbol.iterator]();
  }

  /** The next seal of the log. @returns what the copy of it says, which nobody who owns the database could change */
  async seal(range: SealedRange): Promise<Seal | undefined> {
    if (!this.#started) await this.#advance();
    while (this.#next && this.#next.to < range.to) await this.#missing(this.#next);
    const anchor = this.#next;
    if (anchor?.to !== range.to) return undefined;
    const { from, to, root, previous, seal } = anchor;
    const isSame = from === range.from && root === range.root && previous === range.previous && seal === range.seal;
    if (!isSame) {
      this.problems.add(
        range.position,
        'log.anchor-mismatch',
        `positions ${from} to ${to} were sealed as ${seal}, and the event at position ${range.position} now says ${range.seal}`,
      );
    }
    await this.#advance();
    return anchor;
  }

  async end(): Promise<void> {
    if (!this.#started) await this.#advance();
    while (this.#next) await this.#missing(this.#next);
  }

  async #advance(): Promise<void> {
    this.#started = true;
    this.#last = this.#next;
    do {
      const { value, done } = await this.#anchors.next();
      this.#next = done ? undefined : (value as Seal);
    } while (this.#next && this.#next.seal === this.#last?.seal);
  }

  async #missing({ from, to, seal }: Seal): Promise<void> {
    const first = to > this.head ? Math.max(from, this.head + 1) : from;
    const what = to > this.head ? `the log ends at position ${this.head}` : 'the log does not have that seal';
    this.problems.add(first, 'log.anchor-mismatch', `positions ${from} to ${to} were sealed as ${seal}, and ${what}`);
    await this.#advance();
  }
}
