/**
 * How far a consumer has come when positions are read in order and finished in any order. Everything up to
 * {@link through} is finished, so a restart from there misses nothing.
 */
export class ContiguousProgress {
  /** Begun and not finished, lowest first: a Set keeps the order of insertion, and positions only rise. */
  readonly #unfinished = new Set<number>();
  #read: number;

  /** @param through the position up to which everything was finished before */
  constructor(through: number) {
    this.#read = through;
  }

  /** The last position that was begun or skipped. */
  get read(): number {
    return this.#read;
  }

  get through(): number {
    for (const lowest of this.#unfinished) return lowest - 1;
    return this.#read;
  }

  get unfinished(): number {
    return this.#unfinished.size;
  }

  /** Positions are begun or skipped in rising order. */
  begin(position: number): void {
    this.#unfinished.add(position);
    this.#read = position;
  }

  skip(position: number): void {
    this.#read = position;
  }

  finish(position: number): void {
    this.#unfinished.delete(position);
  }
}
