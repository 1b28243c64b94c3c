import type { JobLog } from './job-log.js';
import type { JsonObject } from './json.js';
import type { ProcessingJob } from './processing-job.js';

/** What a module gets besides its input and output. */
export interface ProcessingContext<Settings = JsonObject> {
  readonly job: ProcessingJob;
  /** Of the configuration, with those of the rule laid over them, as the schema of the module reads them. */
  readonly settings: Settings;
  /** The log of this job, shown in its history. It goes nowhere else; patients are named in it by nobody. */
  readonly logger: JobLog;
  /**
   * Says how far the job is.
   * @param fraction from 0 to 1
   * @param message one short sentence that names nobody
   */
  readonly progress: (fraction: number, message?: string) => void;
  /** Aborted when the job is cancelled, takes longer than it may, or belongs to somebody else: stop, by a throw or a return. */
  readonly signal: AbortSignal;
}
