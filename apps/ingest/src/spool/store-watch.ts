import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/service';

/** What fails for a shorter time is nothing to talk about. */
const WORTH_SAYING_MS = 10_000;
/** Before the second try; twice as long before each further one, up to the longest; up to half as much again at random. */
const PAUSE_MS = { first: 500, longest: 5_000 };

/** Keeps an eye on whether objects can be moved: when to try again, and when people should know. */
export class StoreWatch {
  private failures = 0;
  private since: number | undefined;
  private hasSaid = false;
  private reason = '';

  /** @param waiting what waits, as a sentence goes on with it */
  constructor(
    private readonly logger: Pick<Logger, 'log' | 'warn'>,
    private readonly waiting: () => string,
  ) {}

  /** Why nothing can be moved, and since when; undefined where it can. */
  get trouble(): string | undefined {
    return this.since === undefined ? undefined : `since ${this.seconds} s: ${this.reason}`;
  }

  /** Milliseconds until it is worth trying again. */
  get pauseMs(): number {
    if (this.failures === 0) return 0;
    return Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** (this.failures - 1)) * (1 + Math.random() / 2);
  }

  failed(error: unknown): void {
    this.failures++;
    this.since ??= performance.now();
    this.reason = messageOf(error);
    if (this.hasSaid || performance.now() - this.since < WORTH_SAYING_MS) return;
    this.hasSaid = true;
    this.logger.warn(`objects cannot be moved to the object store ${this.trouble ?? ''}; ${this.waiting()}`);
  }

  worked(): void {
    if (this.hasSaid)
      this.logger.log(`objects move to the object store again, after ${this.seconds} s; ${this.waiting()}`);
    this.failures = 0;
    this.since = undefined;
    this.hasSaid = false;
  }

  private get seconds(): number {
    return Math.round((performance.now() - (this.since ?? performance.now())) / 1000);
  }
}
