import type { CodedError } from '@waystation/kernel';

/** Waits for conditions that events bring about, until the first failure, which sticks. */
export class Progress {
  private sticking: CodedError | undefined;
  private readonly waiting = new Set<() => void>();

  get failure(): CodedError | undefined {
    return this.sticking;
  }

  /** Something happened: conditions are looked at again. */
  notify(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  fail(error: CodedError): void {
    this.sticking ??= error;
    this.notify();
  }

  /**
   * Resolves when the condition holds. `onTimeout` is called when nothing happens for `timeoutMs`, and has to see to it
   * that this fails.
   * @throws the failure
   */
  async until(condition: () => boolean, timeoutMs: number, onTimeout: () => void): Promise<void> {
    while (!condition()) {
      if (this.sticking !== undefined) throw this.sticking;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(onTimeout, timeoutMs);
        this.waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}
