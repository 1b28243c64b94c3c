import type { JobExecutor, ProcessingModule } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import type { ProcessingInput } from '../module/processing-input.js';
import type { ModuleRunner, RunReport } from '../module/module-runner.js';
import type { ProcessingJob } from '../module/processing-job.js';
import type { OutputStage } from '../output/output-stage.js';
import type { StagedOutput } from '../output/staged-output.js';
import { assertSomethingMade } from './assert-something-made.js';
import type { CapturedLog } from './captured-log.js';

/** What one run of a module needs. */
export interface Attempt {
  readonly runner: ModuleRunner;
  readonly module: ProcessingModule;
  readonly job: ProcessingJob;
  readonly executor: JobExecutor;
  readonly input: ProcessingInput;
  readonly output: OutputStage;
  readonly log: CapturedLog;
  readonly progress: (fraction: number, message?: string) => void;
  readonly signal: AbortSignal;
  /** Told where the module goes on although it was told to stop. */
  readonly onStuck: () => void;
}

/** What came of a run. */
export interface AttemptResult {
  readonly report: RunReport;
  readonly output: StagedOutput;
}

/** How long a module may take to stop once it is told to. */
const GRACE_MS = 10_000;

/**
 * Lets a module run to its end, or until it is told to stop.
 * @throws what the module throws, what is wrong with its output, or the reason of the signal
 */
export const runAttempt = async (attempt: Attempt): Promise<AttemptResult> => {
  const { module, output, log, signal } = attempt;
  try {
    signal.throwIfAborted();
    const report = await untilStopped(run(attempt), attempt);
    signal.throwIfAborted();
    const made = await output.end();
    assertSomethingMade(module, made, report);
    return { report, output: made };
  } catch (error) {
    log.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
    await output.close();
    throw signal.aborted ? signal.reason : error;
  }
};

const run = async (attempt: Attempt): Promise<RunReport> => {
  const { runner, module, job, input, output, executor, log: logger, progress, signal } = attempt;
  const context = { job, settings: job.settings, logger, progress, signal };
  return runner.run(module, job, input, output, context, executor);
};

/** Settles with the run; after an abort, at the latest when its grace is over. */
const untilStopped = async (running: Promise<RunReport>, { signal, onStuck }: Attempt): Promise<RunReport> => {
  let timer: NodeJS.Timeout | undefined;
  const stuck = new Promise<never>((_resolve, reject) => {
    const grace = (): void => {
      timer = setTimeout(() => {
        onStuck();
        reject(new CodedError('job.stuck', 'the module went on although it was told to stop'));
      }, GRACE_MS);
    };
    if (signal.aborted) grace();
    else signal.addEventListener('abort', grace, { once: true });
  });
  // Whichever loses is over as far as anybody is concerned.
  running.catch(() => undefined);
  stuck.catch(() => undefined);
  try {
    return await Promise.race([running, stuck]);
  } finally {
    clearTimeout(timer);
  }
};
