import type { EventLog } from '@waystation/event-log';
import type { Logger } from '@waystation/observability';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { TimerWorker, type DueTimer, type TimerWorkerOptions } from './timer-worker.js';

/** Which timers a service looks at, and how many at once. */
export type TimerDuty = Pick<TimerWorkerOptions, 'queue' | 'concurrency' | 'leaseMs'>;

/**
 * What looks at the timers of one queue for as long as the application runs. When it stops, a handler that is under way has as
 * long as its claim holds.
 */
export abstract class TimerService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: TimerWorker | undefined;

  constructor(
    protected readonly log: EventLog,
    protected readonly logger: Logger,
    private readonly duty: TimerDuty,
  ) {}

  /** Looks at a timer that went off; see {@link TimerWorkerOptions.handle}. */
  protected abstract handle(timer: DueTimer): Promise<void>;

  onApplicationBootstrap(): void {
    const { log, logger } = this;
    this.worker = new TimerWorker({ log, logger, ...this.duty, handle: (timer) => this.handle(timer) });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop(this.duty.leaseMs);
  }
}
