import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** No further attempt is made unless somebody restarts the job. */
export const JobAbandoned = defineEvent('job.abandoned', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'No further attempt to process is made by itself.',
  data: z.strictObject({ attempts: z.int().positive(), code: z.string(), reason: z.string() }),
});
export type JobAbandoned = EventOf<typeof JobAbandoned>;
