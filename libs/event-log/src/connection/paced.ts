/** Does one thing whenever it is asked: at once where it rested, and for all who ask within an interval only once more. */
export class Paced {
  #timer: NodeJS.Timeout | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** @param intervalMs between two times of acting, at least */
  constructor(
    private readonly intervalMs: number,
    private readonly act: () => void,
  ) {}

  ask(): void {
    if (this.#timer) return;
    const rest = this.#last + this.intervalMs - performance.now();
    if (rest <= 0) this.#act();
    else this.#timer = setTimeout(() => this.#act(), Math.ceil(rest));
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #act(): void {
    this.#timer = undefined;
    this.#last = performance.now();
    this.act();
  }
}
