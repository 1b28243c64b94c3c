/** Wakes one loop. Rings that come while the loop is busy are kept as one. */
export class Wake {
  #rung = false;
  #answer: (() => void) | undefined;

  readonly ring = (): void => {
    this.#rung = true;
    this.#answer?.();
  };

  /** Resolves at the next ring, at once where it rang since the last answer, and at the latest after `milliseconds`. */
  async within(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#answer = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#answer = undefined;
    this.#rung = false;
  }
}
