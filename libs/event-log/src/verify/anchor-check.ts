import type { Seal } from '../seal/seal-hash.js';
import type { ProblemList } from './problem-list.js';
import type { SealedRange } from './sealed-ranges.js';

/** Compares the seals of the log with those that were copied outside of the database. */
export class AnchorCheck {
  readonly #anchors: AsyncIterator<Seal> | Iterator<Seal>;
  #next: Seal | undefined;
  #last: Seal | undefined;
  #started = false;

  /** @param anchors in the order in which they were made; one may be there twice in a row */
  constructor(
    anchors: AsyncIterable<Seal> | Iterable<Seal>,
    private readonly problems: ProblemList,
  ) {
    this.#anchors = Symbol.asyncIterator in anchors ? anchors[Symbol.asyncIterator]() : anchors[Symbol.iterator]();
  }

  async seal(range: SealedRange): Promise<void> {
    if (!this.#started) await this.#advance();
    while (this.#next && this.#next.to < range.to) await this.#missing(this.#next);
    if (this.#next?.to !== range.to) return;
    const { from, to, root, previous, seal } = this.#next;
    const isSame = from === range.from && root === range.root && previous === range.previous && seal === range.seal;
    if (!isSame) {
      this.problems.add(
        range.from,
        'log.anchor-mismatch',
        `positions ${from} to ${to} were sealed as ${seal}, and the log now says ${range.seal}`,
      );
    }
    await this.#advance();
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
    this.problems.add(
      from,
      'log.anchor-mismatch',
      `positions ${from} to ${to} were sealed as ${seal}, and the log does not have that seal`,
    );
    await this.#advance();
  }
}
