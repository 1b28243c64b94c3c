/**
 * One sync for all who wait for one. While a sync runs, those who come share the next: the one that runs may have begun
 * before their bytes were written.
 */
export class GroupSync {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  /** @param sync makes durable everything that was written before it was called */
  constructor(private readonly sync: () => Promise<void>) {}

  /** Whether no sync runs and nobody waits for one. */
  get idle(): boolean {
    return this.running === undefined && this.next === undefined;
  }

  /** Resolves when everything that was written before the call is durable. */
  settled(): Promise<void> {
    if (this.running === undefined) return this.begin();
    // Where the one that runs fails, the next fails too: the kernel reports a lost write only once.
    this.next ??= this.running
      .finally(() => {
        this.next = undefined;
      })
      .then(() => this.begin());
    return this.next;
  }

  private begin(): Promise<void> {
    const running = this.sync().finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }
}
