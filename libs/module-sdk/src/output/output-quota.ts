import { CodedError } from '@waystation/kernel';
import type { OutputLimits } from './output-limits.js';

/** Counts what a module makes, and stops it where that is too much. */
export class OutputQuota {
  private entries = 0;
  private bytes = 0;

  constructor(private readonly limits: OutputLimits) {}

  /** One more object or file. Throws `job.output-too-many`. */
  addEntry(): void {
    this.entries += 1;
    if (this.entries > this.limits.entries)
      throw new CodedError(
        'job.output-too-many',
        `the module made more than ${this.limits.entries} objects and files, the most that a job may make`,
        { details: { retryable: false } },
      );
  }

  /** So many more bytes. Throws `job.output-too-large`. */
  addBytes(count: number): void {
    this.bytes += count;
    if (this.bytes > this.limits.bytes)
      throw new CodedError(
        'job.output-too-large',
        `the module made more than ${this.limits.bytes} bytes, the most that a job may make`,
        { details: { retryable: false } },
      );
  }
}
