import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';
import { runRecord } from './run-record.js';

/** An attempt to process failed, or its worker vanished (`job.worker-lost`). Nothing of what it made is kept. */
export const JobFailed = defineEvent('job.failed', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'An attempt to process failed.',
  data: z.strictObject({
    attempt: z.int().positive(),
    code: z.string(),
    /** One sentence, without anything that identifies the patient. */
    reason: z.string(),
    /** False where trying again cannot help, such as an unknown module. */
    retryable: z.boolean(),
    /** `waystation` where the reason is its own, such as that it stops: it does not count towards the attempts of the round. */
    by: z.enum(['module', 'waystation']),
    /** Left out where nobody knows, since the worker vanished. */
    durationMs: Milliseconds.optional(),
    ...runRecord,
  }),
});
export type JobFailed = EventOf<typeof JobFailed>;
