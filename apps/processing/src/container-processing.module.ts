import { LOGGER, PLATFORM, type Logger, type Platform } from '@waystation/service';
import { Module } from '@nestjs/common';
import { ContainerJobs } from './container-jobs.js';
import { FailureReportModule } from './failure-report/failure-report.module.js';
import { containerRunnerOf } from './container-runner-of.js';

/** Runs the modules of the configuration that are containers, and makes objects that tell of what failed. */
@Module({
  imports: [FailureReportModule],
  providers: [
    {
      provide: ContainerJobs,
      inject: [PLATFORM, LOGGER],
      useFactory: (platform: Platform, logger: Logger) =>
        new ContainerJobs(platform, containerRunnerOf(platform.settings), logger),
    },
  ],
})
export class ContainerProcessingModule {}
