import type { EventLog } from '@waystation/event-log';
import {
  streamName,
  type JobFailed,
  type JobFile,
  type JobSucceeded,
  type JobTimedOut,
  type StoredFile,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';

type Ended = JobSucceeded['data'] | JobFailed['data'] | JobTimedOut['data'];
const ends: ReadonlySet<string> = new Set<(JobSucceeded | JobFailed | JobTimedOut)['type']>([
  'job.succeeded.v1',
  'job.failed.v1',
  'job.timed-out.v1',
]);

/** Finds what attempts of a job left in the object store besides objects. */
export class JobObjects {
  constructor(private readonly log: EventLog) {}

  /** What the module wrote while it ran. @throws CodedError `job.unknown`, `job.no-such-object` */
  logOf(job: string, attempt: number | undefined): Promise<StoredFile> {
    return this.find(job, attempt, 'log', (ended) => ended.log);
  }

  /** What the module found. @throws CodedError `job.unknown`, `job.no-such-object` */
  resultOf(job: string, attempt: number | undefined): Promise<StoredFile> {
    return this.find(job, attempt, 'result', (ended) => ('result' in ended ? ended.result : undefined));
  }

  /** The files that the module made. @throws CodedError `job.unknown`, `job.no-such-object` */
  filesOf(job: string, attempt: number | undefined): Promise<readonly JobFile[]> {
    return this.find(job, attempt, 'files', (ended) => ('files' in ended ? ended.files : undefined));
  }

  /** A file that the module made. @throws CodedError `job.unknown`, `job.no-such-object` */
  fileOf(job: string, attempt: number | undefined, name: string): Promise<StoredFile> {
    return this.find(job, attempt, `file '${name}'`, (ended) =>
      'files' in ended ? ended.files.find((file) => file.name === name)?.object : undefined,
    );
  }

  /** Of the attempt that is meant, or of the last one that left any. */
  private async find<Left extends object>(
    job: string,
    attempt: number | undefined,
    what: string,
    select: (ended: Ended) => Left | undefined,
  ): Promise<Left> {
    const events = await this.log.readStream(streamName.job(job));
    if (events.length === 0) throw new CodedError('job.unknown', `there is no job ${job}`);
    const found = events
      .filter(({ type }) => ends.has(type))
      .map(({ data }) => data as Ended)
      .filter((ended) => attempt === undefined || ended.attempt === attempt)
      .map(select)
      .findLast((left) => left !== undefined);
    if (found !== undefined) return found;
    const which = attempt === undefined ? `job ${job}` : `attempt ${attempt} of job ${job}`;
    throw new CodedError('job.no-such-object', `${which} left no ${what}`);
  }
}
