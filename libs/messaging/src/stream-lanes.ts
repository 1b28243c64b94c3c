/** Runs what belongs to one stream one after another, in the order in which it came, and different streams side by side. */
export class StreamLanes {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs the task after all earlier tasks of the stream; a task that fails does not hold up the next. */
  run(stream: string, task: () => Promise<void>): Promise<void> {
    const result = (this.#tails.get(stream) ?? Promise.resolve()).then(task);
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (this.#tails.get(stream) === tail) this.#tails.delete(stream);
      });
    this.#tails.set(stream, tail);
    return result;
  }

  /** Resolves when nothing is running or waiting. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
