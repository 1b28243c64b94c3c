/** About 6 MB. What is forgotten is handled once more, in vain but not in error. */
const kept = 100_000;

/** Which events this process has handled: whoever walks the log behind the news need not handle them again. */
export class HandledPositions {
  readonly #positions = new Set<number>();

  constructor(private readonly limit = kept) {}

  add(position: number): void {
    this.#positions.add(position);
    if (this.#positions.size <= this.limit) return;
    for (const oldest of this.#positions) return void this.#positions.delete(oldest);
  }

  /** Whether it was handled. It is asked once for each. */
  take(position: number): boolean {
    return this.#positions.delete(position);
  }
}
