import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Sha256 } from '../values.js';
import { JobExecutor } from './job-executor.js';

/** A worker begins to process. Written before the module sees anything. */
export const JobStarted = defineEvent('job.started', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A worker takes the job up.',
  data: z.strictObject({
    attempt: z.int().positive(),
    worker: z.string(),
    executor: JobExecutor,
    /** Version of the configuration whose description of the module is used. */
    configurationVersion: Count,
    /** Those of the module, of the step and of the restart together. */
    settings: z.record(z.string(), z.json()),
    /** What it is given: how many objects, and a digest over their hashes. */
    input: z.strictObject({ instances: Count, digest: Sha256 }),
  }),
});
export type JobStarted = EventOf<typeof JobStarted>;
