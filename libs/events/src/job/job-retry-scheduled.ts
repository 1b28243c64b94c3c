import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';

/** The next attempt is due after a delay that grows with the number of attempts. */
export const JobRetryScheduled = defineEvent('job.retry-scheduled', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'The next attempt to process is due after a delay.',
  data: z.strictObject({ attempt: z.int().positive(), delayMs: Milliseconds }),
});
export type JobRetryScheduled = EventOf<typeof JobRetryScheduled>;
