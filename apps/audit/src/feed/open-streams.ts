import { CodedError } from '@waystation/kernel';
import type { OnModuleDestroy } from '@nestjs/common';

/** How many may follow at the same time: each costs a socket and at most a page in memory. */
const MOST = 256;
const PATIENCE_MS = 2_000;

/** The streams that are open: there are not more than this process can feed, and they end when it does. */
export class OpenStreams implements OnModuleDestroy {
  readonly #stopping = new AbortController();
  readonly #open = new Set<Promise<void>>();

  constructor(private readonly most = MOST) {}

  get size(): number {
    return this.#open.size;
  }

  /** @throws CodedError `feed.unavailable`: there are too many, or the process is about to end */
  assertRoom(): void {
    if (this.#stopping.signal.aborted) throw new CodedError('feed.unavailable', 'this process is about to end');
    if (this.size < this.most) return;
    throw new CodedError('feed.unavailable', `${this.most} consumers follow the events here already; try again later`);
  }

  /** Runs a stream until it ends or has to. */
  async run(stream: (stopping: AbortSignal) => Promise<void>): Promise<void> {
    this.assertRoom();
    const running = stream(this.#stopping.signal);
    this.#open.add(running);
    await running.finally(() => this.#open.delete(running));
  }

  /** Ends all streams between two events; those who read have to come back. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    const ended = Promise.allSettled(this.#open);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))]);
    clearTimeout(timer);
  }
}
