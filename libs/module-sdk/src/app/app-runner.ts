import type { JobExecutor, ProcessingModule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { ModuleRunner, RunReport } from '../module/module-runner.js';
import type { ProcessingContext } from '../module/processing-context.js';
import type { ProcessingInput } from '../module/processing-input.js';
import type { ProcessingJob } from '../module/processing-job.js';
import type { ProcessingOutput } from '../module/processing-output.js';
import type { ProcessingApp } from './processing-app.js';
import type { ProcessingModuleOptions } from './processing-module.decorator.js';

/** Runs a processing app in this process. */
export class AppRunner implements ModuleRunner {
  constructor(
    private readonly options: ProcessingModuleOptions,
    private readonly app: ProcessingApp<unknown>,
  ) {}

  takes(module: ProcessingModule): boolean {
    return module.kind === 'app' && (module.app ?? module.name) === this.options.name;
  }

  async prepare(): Promise<JobExecutor> {
    const { name, version } = this.options;
    return { kind: 'app', name, version };
  }

  async run(
    { name }: ProcessingModule,
    { settings: given }: ProcessingJob,
    input: ProcessingInput,
    output: ProcessingOutput,
    context: ProcessingContext,
  ): Promise<RunReport> {
    const read = this.options.settings.safeParse(given);
    if (!read.success) {
      const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`);
      throw new CodedError('job.settings-invalid', `the settings of module '${name}' are wrong: ${wrong.join('; ')}`, {
        details: { retryable: false },
      });
    }
    await this.app.process(input, output, { ...context, settings: read.data });
    return {};
  }
}
