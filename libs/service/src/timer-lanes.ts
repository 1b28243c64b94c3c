import { messageOf } from '@waystation/kernel';
import { TimerWorker, type TimerWorkerOptions } from './timer-worker.js';

/** How often it is looked for lanes in which something is due that no event announced, such as another try. */
const LOOK_MS = 500;

export interface TimerLanesOptions extends Pick<TimerWorkerOptions, 'log' | 'leaseMs' | 'handle' | 'logger'> {
  /** What the names of the queues begin with. */
  readonly prefix: string;
  /** Timers of a queue that are handled at the same time. */
  readonly concurrency: (queue: string) => number;
  /** Comes before each round. */
  readonly prepare?: () => Promise<void>;
}

/**
 * One lane per queue of a kind, each with its own worker, so that one that is dead or slow keeps only its own lane busy. Lanes
 * come into being when something is due in them. However many there are, one question a round finds where to look.
 */
export class TimerLanes {
  readonly #workers = new Map<string, TimerWorker>();
  #round: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(private readonly options: TimerLanesOptions) {}

  async start(): Promise<void> {
    await this.#look();
    if (!this.#stopped) this.#round = setTimeout(() => void this.start(), LOOK_MS);
  }

  /** Something may be due in a queue: looks now instead of in the next round. */
  wake(queue: string): void {
    if (this.#stopped) return;
    const worker = this.#workers.get(queue);
    if (worker) worker.look();
    else this.#workers.set(queue, this.#open(queue));
  }

  /** Claims nothing more and waits for what is under way. @param graceMs as of {@link TimerWorker.stop} */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#round);
    await Promise.all([...this.#workers.values()].map((worker) => worker.stop(graceMs)));
  }

  async #look(): Promise<void> {
    const { log, prefix, prepare, logger } = this.options;
    try {
      await prepare?.();
      for (const queue of await log.timers.dueQueues(prefix)) this.wake(queue);
    } catch (error) {
      logger.warn(`cannot look at the queues ${prefix}…: ${messageOf(error)}`);
    }
  }

  #open(queue: string): TimerWorker {
    const { log, leaseMs, handle, logger, concurrency } = this.options;
    return new TimerWorker({
      log,
      queue,
      concurrency: () => concurrency(queue),
      leaseMs,
      handle,
      logger,
      looks: 'when-told',
    });
  }
}
