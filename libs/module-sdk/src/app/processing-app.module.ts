import type { AppModule } from '@waystation/events';
import { PLATFORM, type Platform } from '@waystation/service';
import {
  Module,
  type BeforeApplicationShutdown,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type Type,
} from '@nestjs/common';
import { JobWorker } from '../worker/job-worker.js';
import { announceApp } from './announce-app.js';
import { AppRunner } from './app-runner.js';
import type { ProcessingApp } from './processing-app.js';
import { optionsOf } from './processing-module.decorator.js';

/** What else an app consists of. */
export interface ProcessingAppOptions extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  /** Told where the app goes on although it was told to stop. */
  readonly onStuck?: () => void;
  /** Present for an app of Waystation's own, which no configuration names. */
  readonly builtIn?: AppModule;
}

/** Makes a Nest module of a processing app: it takes the jobs of the app for as long as the service runs. */
export class ProcessingAppModule {
  /** Throws `module-sdk.not-a-module`. */
  static for(
    app: Type<ProcessingApp<never>>,
    { imports, providers = [], onStuck, builtIn }: ProcessingAppOptions = {},
  ): Type {
    const module = optionsOf(app);
    const start = (platform: Platform, instance: ProcessingApp<unknown>): AppJobs =>
      new AppJobs(platform, async () => {
        if (builtIn === undefined) await announceApp(platform, module);
        return JobWorker.start({
          platform,
          runner: new AppRunner(module, instance),
          app: module.name,
          ...(onStuck && { onStuck }),
          ...(builtIn && { builtIn }),
        });
      });
    const jobs = { provide: AppJobs, inject: [PLATFORM, app], useFactory: start };
    class RunsProcessingApp {}
    Module({ ...(imports && { imports }), providers: [app, ...providers, jobs] })(RunsProcessingApp);
    return RunsProcessingApp;
  }
}

/** Takes jobs from when the service has started until it stops. */
class AppJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private worker: JobWorker | undefined;

  constructor(
    private readonly platform: Platform,
    private readonly start: () => Promise<JobWorker>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.worker = await this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop(this.platform.settings.drainSeconds * 1000);
  }
}
