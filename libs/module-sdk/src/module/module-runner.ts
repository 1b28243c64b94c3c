import type { JobExecutor, ProcessingModule } from '@waystation/events';
import type { ProcessingContext } from './processing-context.js';
import type { ProcessingInput } from './processing-input.js';
import type { ProcessingJob } from './processing-job.js';
import type { ProcessingOutput } from './processing-output.js';

/** What there is to say of a run besides its output. */
export interface RunReport {
  readonly exitCode?: number;
  readonly peakMemoryBytes?: number;
  /** Of the image that ran, where it was not known before. */
  readonly imageDigest?: string;
}

/**
 * Runs jobs of one kind. The worker around it does everything else: it claims the job, writes down what happened, stores
 * the output, and stops the run when its time is over.
 */
export interface ModuleRunner {
  /** Whether jobs of this module are for this runner. */
  takes(module: ProcessingModule): boolean;
  /**
   * What will run, as far as it is known at once: written down before the attempt. An image is pulled in the run.
   * @throws CodedError where nothing can: the attempt is then made by nobody, and asked for again later
   */
  prepare(module: ProcessingModule, job: ProcessingJob): Promise<JobExecutor>;
  /**
   * Runs one attempt, and has really stopped all of it when it settles. Nothing is to be written down here.
   * @param module as the configuration has it when the job starts
   * @throws CodedError for a failure with a code of its own: its message is written down and names nobody, and
   *   `details.retryable` and the members of {@link RunReport} in its `details` are heeded. Anything else is `job.module-failed`,
   *   and what it says goes into the log of the job only
   */
  run(
    module: ProcessingModule,
    job: ProcessingJob,
    input: ProcessingInput,
    output: ProcessingOutput,
    context: ProcessingContext,
    executor: JobExecutor,
  ): Promise<RunReport>;
}
