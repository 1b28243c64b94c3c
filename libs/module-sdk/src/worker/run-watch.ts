import { jobDecider } from '@waystation/domain';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import { CodedError } from '@waystation/kernel';

export interface RunWatchOptions {
  readonly log: Pick<EventLog, 'onAppended'>;
  readonly commands: CommandHandler;
  readonly stream: string;
  readonly attempt: number;
  readonly timeoutSeconds: number;
  /** Aborted when the worker stops, or has lost the job. */
  readonly held: AbortSignal;
}

/** A log that is written to all the time is not asked more often than this. */
const PAUSE_MS = 250;

/**
 * Tells a run when it has to stop. The reason of the signal is a CodedError: `job.timed-out`, `job.cancelled` where the job
 * is not this attempt's any more, or `job.stopped`.
 */
export class RunWatch {
  private readonly abort = new AbortController();
  private readonly timeout: NodeJS.Timeout;
  private readonly unsubscribe: () => void;
  private look: NodeJS.Timeout | undefined;

  constructor(private readonly options: RunWatchOptions) {
    const { timeoutSeconds, held, log } = options;
    const tooLong = (): void => this.stop('job.timed-out', `the module was not done after ${timeoutSeconds} s`);
    this.timeout = setTimeout(tooLong, timeoutSeconds * 1000);
    held.addEventListener('abort', this.onLetGo);
    if (held.aborted) this.onLetGo();
    this.unsubscribe = log.onAppended(() => {
      this.look ??= setTimeout(() => void this.lookAtJob(), PAUSE_MS);
    });
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  end(): void {
    clearTimeout(this.timeout);
    clearTimeout(this.look);
    this.options.held.removeEventListener('abort', this.onLetGo);
    this.unsubscribe();
  }

  private readonly onLetGo = (): void => this.stop('job.stopped', 'the worker was stopped, or has lost the job');

  private stop(code: string, message: string): void {
    if (!this.signal.aborted) this.abort.abort(new CodedError(code, message));
  }

  private async lookAtJob(): Promise<void> {
    const { commands, stream, attempt } = this.options;
    // Where the log is away, the lease decides.
    const loaded = await commands.load(jobDecider, stream).catch(() => undefined);
    this.look = undefined;
    if (loaded === undefined) return;
    const { state } = loaded;
    if (state.status !== 'running' || state.attempt !== attempt)
      this.stop('job.cancelled', `attempt ${attempt} is not wanted any more: the job is ${state.status}`);
  }
}
