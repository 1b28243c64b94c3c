import type { EventLog } from '@waystation/event-log';
import { messageOf, type Instant } from '@waystation/kernel';
import type { Logger } from '@waystation/observability';

/** A timer that went off and that this worker holds. */
export interface DueTimer {
  readonly stream: string;
  readonly queue: string;
  readonly dueAt: Instant;
  /** The database's clock when it was claimed. */
  readonly claimedAt: Instant;
}

export interface TimerWorkerOptions {
  readonly log: EventLog;
  readonly queue: string;
  /** Timers handled at the same time. */
  readonly concurrency: () => number;
  /** Timers of the queue that all workers together may hold at the same time; any number if not given. */
  readonly mostHeld?: () => number | undefined;
  /** How long a claim holds without a sign of life. */
  readonly leaseMs: number;
  /**
   * Ends with an append that clears or sets the timer, or re-arms it. A timer that is still held then is one that nothing
   * asks for, and is removed; a throw leaves it to the end of its lease.
   */
  readonly handle: (timer: DueTimer, signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
  /** Whether every append makes it look, as it does unless told, or only who calls `look`: of many queues one by one that is much. */
  readonly looks?: 'when-appended' | 'when-told';
}

const POLL_MS = 500;
/** Where somebody tells when to look: should that somebody be wrong. */
const TOLD_POLL_MS = 30_000;
/** A busy log rings its doorbell all the time: asking the database more often than this gains nothing. */
const PAUSE_MS = 25;

/** Claims the due timers of one queue and handles them. Any number of workers in any number of processes compete. */
export class TimerWorker {
  private readonly running = new Set<Promise<void>>();
  private readonly abort = new AbortController();
  private stopped = false;
  private wake: () => void = () => undefined;
  /** Somebody said so since the last look began. */
  private isTold = false;
  private loop: Promise<void> = Promise.resolve();
  private readonly unsubscribe: () => void;

  constructor(private readonly options: TimerWorkerOptions) {
    this.unsubscribe = options.looks === 'when-told' ? () => undefined : options.log.onAppended(() => this.look());
    this.loop = this.run();
  }

  /** Looks at the queue now. */
  look(): void {
    this.isTold = true;
    this.wake();
  }

  /**
   * Claims nothing more and waits for what is under way.
   * @param graceMs after this the handlers' signal is aborted, and their end is waited for
   */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    this.look();
    await this.loop;
    const timer = setTimeout(() => this.abort.abort(), graceMs);
    await Promise.allSettled(this.running);
    clearTimeout(timer);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.isTold = false;
      const claimed = await this.claim();
      if (claimed === 0 && !this.isTold) await this.sleep(this.options.looks === 'when-told' ? TOLD_POLL_MS : POLL_MS);
      await this.sleepFully(PAUSE_MS);
    }
  }

  private async claim(): Promise<number> {
    const { log, queue, leaseMs, logger } = this.options;
    const limit = this.options.concurrency() - this.running.size;
    if (limit <= 0) return 0;
    try {
      const timers = await log.timers.claim({ queue, limit, leaseMs, mostHeld: this.options.mostHeld?.() });
      for (const timer of timers) this.start(timer);
      return timers.length;
    } catch (error) {
      logger.warn(`cannot look at queue ${queue}: ${messageOf(error)}`);
      return 0;
    }
  }

  private start(timer: DueTimer): void {
    const work = this.handle(timer).finally(() => {
      this.running.delete(work);
      this.look();
    });
    this.running.add(work);
  }

  private async handle(timer: DueTimer): Promise<void> {
    const { log, leaseMs, handle, logger } = this.options;
    const lost = new AbortController();
    const heartbeat = setInterval(() => {
      log.timers.extend(timer.stream, leaseMs).then(
        (held) => {
          if (!held) lost.abort();
        },
        () => undefined, // The database is away: the lease decides, and the append finds out.
      );
    }, leaseMs / 3);
    try {
      await handle(timer, AbortSignal.any([lost.signal, this.abort.signal]));
      await log.timers.discard(timer.stream, timer.claimedAt);
    } catch (error) {
      logger.warn(`${timer.queue}: ${timer.stream} is looked at again in ${leaseMs} ms: ${messageOf(error)}`);
    } finally {
      clearInterval(heartbeat);
    }
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private sleepFully(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}
