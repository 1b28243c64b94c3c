import { JobWorker } from '@waystation/module-sdk';
import type { Logger, Platform } from '@waystation/service';
import { messageOf } from '@waystation/kernel';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { ContainerRunner } from './run-container/container-runner.js';

/** How often it is looked for what services elsewhere have left behind. */
const TIDY_MS = 60_000;

/** Takes the jobs of containers from when the service has started until it stops. */
export class ContainerJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: JobWorker | undefined;
  private tidying: NodeJS.Timeout | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly runner: ContainerRunner,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.tidy();
    this.tidying = setInterval(() => void this.tidy(), TIDY_MS);
    const { platform, runner } = this;
    // Somebody has to say that a module is configured no more, and this service runs wherever there is processing.
    this.worker = await JobWorker.start({ platform, runner, takesOrphans: true });
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.tidying);
    await this.worker?.stop(this.platform.settings.drainSeconds * 1000);
  }

  /** Without an engine there is nothing to tidy up, and jobs say what is missing. */
  private async tidy(): Promise<void> {
    try {
      const containers = await this.runner.removeLeftovers();
      if (containers > 0) this.logger.log(`removed ${containers} containers that a service left behind`);
    } catch (error) {
      this.logger.debug(`cannot look for containers that were left behind: ${messageOf(error)}`);
    }
  }
}
