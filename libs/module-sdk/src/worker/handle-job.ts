import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { jobDecider } from '@waystation/domain';
import { CodedError } from '@waystation/kernel';
import type { DueTimer } from '@waystation/service';
import { StoredInput } from '../input/stored-input.js';
import { OutputStage } from '../output/output-stage.js';
import { assertInputKept } from './assert-input-kept.js';
import { beginAttempt, type BegunAttempt } from './begin-attempt.js';
import { CapturedLog } from './captured-log.js';
import { fail, succeed, type AttemptEnd } from './end-attempt.js';
import type { JobTools } from './job-tools.js';
import { MemoryWatch } from './memory-watch.js';
import { ProgressReport } from './progress-report.js';
import { runAttempt, type AttemptResult } from './run-attempt.js';
import { RunWatch } from './run-watch.js';

/** What a job may take where its module is not configured any more: nothing is run then. */
const UNKNOWN_TIMEOUT_SECONDS = 1;

/** Makes one attempt after another, each of a job whose timer the caller holds. */
export class JobHandler {
  /** Those of this process that are not over, whoever holds their timers meanwhile. */
  private readonly underWay = new Set<string>();

  constructor(private readonly tools: JobTools) {}

  /**
   * @param held aborted when the timer is lost, or this process is to stop
   * @throws CodedError `job.was-under-way` where an attempt of this process could not extend its lease in time: it did not
   *   vanish, and it is left alone
   */
  async handle({ stream, claimedAt }: Pick<DueTimer, 'stream' | 'claimedAt'>, held: AbortSignal): Promise<void> {
    if (this.underWay.has(stream))
      throw new CodedError('job.was-under-way', `an attempt of ${stream} is still under way here`);
    this.underWay.add(stream);
    try {
      const begun = await beginAttempt(this.tools, stream, claimedAt);
      if (begun !== undefined) await this.attempt(begun, held);
    } finally {
      this.underWay.delete(stream);
    }
  }

  private async attempt(begun: BegunAttempt, held: AbortSignal): Promise<void> {
    const timeoutSeconds = begun.module?.timeoutSeconds ?? UNKNOWN_TIMEOUT_SECONDS;
    const log = new CapturedLog();
    const startedAt = performance.now();
    const memory = begun.executor.kind === 'app' ? new MemoryWatch() : undefined;
    const end = (): AttemptEnd => ({
      ...{ log, timeoutSeconds, held, peakMemoryBytes: memory?.end() },
      durationMs: Math.round(performance.now() - startedAt),
    });
    let isStuck = false;
    try {
      const result = await this.run(begun, log, { timeoutSeconds, held, onStuck: () => (isStuck = true) });
      await succeed(this.tools, begun, result, end());
    } catch (error) {
      await fail(this.tools, begun, error, end());
    }
    if (!isStuck) return;
    const { stream, job } = begun;
    this.tools.logger.warn(`module ${job.module} goes on although it was told to stop`, {
      stream,
      attempt: job.attempt,
    });
    this.tools.onStuck();
  }

  private async run(
    begun: BegunAttempt,
    log: CapturedLog,
    { timeoutSeconds, held, onStuck }: { timeoutSeconds: number; held: AbortSignal; onStuck: () => void },
  ): Promise<AttemptResult> {
    const { commands, objects, limits, folder, runner } = this.tools;
    const { stream, job, module, executor, sources, metadata } = begun;
    if (module === undefined) throw notConfigured(job.module);
    const { state } = await commands.load(jobDecider, stream);
    if (state.status !== 'unknown') await assertInputKept(commands, state.request.input);
    const watch = new RunWatch({ log: this.tools.log, commands, stream, attempt: job.attempt, timeoutSeconds, held });
    const progress = new ProgressReport(commands, stream, job.attempt, metadata);
    const output = new OutputStage({
      ...{ objects, limits },
      folder: join(folder, randomUUID()),
      prefix: begun.objects.prefix,
    });
    try {
      return await runAttempt({
        ...{ runner, module, job, executor, output, log, onStuck },
        input: new StoredInput(job.studyInstanceUid, sources, objects),
        progress: progress.say,
        signal: watch.signal,
      });
    } finally {
      watch.end();
      await progress.end();
    }
  }
}

const notConfigured = (module: string): CodedError =>
  new CodedError(
    'job.unknown-module',
    `no module '${module}' is configured for this kind of worker any more; configure it and restart the job`,
    { details: { retryable: false } },
  );
