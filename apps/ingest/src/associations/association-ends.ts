import { setTimeout as delay } from 'node:timers/promises';
import { hasCode, messageOf, plural } from '@waystation/kernel';
import type { Logger } from '@waystation/service';

const BOUNDS = {
  /** Before the second try; twice as long before each further one, up to the longest. */
  firstPauseMs: 1_000,
  longestPauseMs: 30_000,
  /** Ends that wait for the log. Associations beyond that are lost to it once this receiver is gone. */
  mostWaiting: 10_000,
};

/** An end that is to be written, however often it takes. */
interface AssociationEnd {
  readonly association: string;
  readonly write: () => Promise<void>;
}

/** Writes how associations ended: at once, or where the log is away as soon as it is back. */
export class AssociationEnds {
  private readonly waiting = new Set<AssociationEnd>();
  private retrying: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly logger: Pick<Logger, 'log' | 'warn'>,
    private readonly bounds: Readonly<typeof BOUNDS> = BOUNDS,
  ) {}

  /**
   * Resolves when the end is written, or waits for the log; never rejects.
   * @param write may be called several times; throws `log.unavailable` or `log.outcome-unknown` where it is to be
   */
  async take(association: string, write: () => Promise<void>): Promise<void> {
    const end = { association, write };
    const failure = await this.attempt(end);
    if (failure === undefined) return;
    if (this.stopping.signal.aborted || this.waiting.size >= this.bounds.mostWaiting) return this.giveUp(end, failure);
    this.waiting.add(end);
    this.retrying ??= this.retry(failure);
  }

  /** Tries what waits a last time. Whoever takes over from this receiver says of the others that they are lost. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.retrying;
    const failure = await this.turn();
    if (failure !== undefined) for (const end of this.waiting) this.giveUp(end, failure);
  }

  private async retry(first: unknown): Promise<void> {
    const { signal } = this.stopping;
    this.logger.warn(`ends of associations wait for the log: ${messageOf(first)}`);
    const { firstPauseMs, longestPauseMs } = this.bounds;
    let written = 0;
    for (let pauseMs = firstPauseMs; this.waiting.size > 0; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      await delay(pauseMs * (1 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const before = this.waiting.size;
      await this.turn();
      written += before - this.waiting.size;
    }
    this.retrying = undefined;
    this.logger.log(`the log is back: ${plural(written, 'association')} ended in it`);
  }

  /** Goes through what waits as long as the log takes it. @returns why it does not */
  private async turn(): Promise<unknown> {
    for (const end of this.waiting) {
      const failure = await this.attempt(end);
      if (failure !== undefined) return failure;
      this.waiting.delete(end);
    }
    return undefined;
  }

  /** @returns why it is to be tried again */
  private async attempt(end: AssociationEnd): Promise<unknown> {
    try {
      await end.write();
    } catch (error) {
      if (hasCode(error, 'log.unavailable') || hasCode(error, 'log.outcome-unknown')) return error;
      this.giveUp(end, error);
    }
    return undefined;
  }

  private giveUp({ association }: AssociationEnd, error: unknown): void {
    this.logger.warn(`not written down: end of association ${association}: ${messageOf(error)}`);
  }
}
