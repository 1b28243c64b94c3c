import { forgetPatientsQueue } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { LOGGER, TimerWorker, type Logger } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ForgetPatient } from './forget-patient.js';

/** Longer than destroying keys takes. */
const LEASE_MS = 15_000;

/** When the timer of a patient goes off: do what somebody asked for and did not live to do. */
@Injectable()
export class FinishForgetting implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: TimerWorker | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly patients: ForgetPatient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.worker = new TimerWorker({
      log: this.log,
      queue: forgetPatientsQueue,
      concurrency: () => 1,
      leaseMs: LEASE_MS,
      handle: ({ stream }) => this.patients.finish(stream),
      logger: this.logger,
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop(LEASE_MS);
  }
}
