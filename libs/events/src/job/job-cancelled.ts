import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody does not want the job any more; the author is the event's actor. Whatever runs for it is stopped. */
export const JobCancelled = defineEvent('job.cancelled', 1, {
  stream: 'job',
  producer: 'control',
  summary: 'Somebody does not want a job any more; what runs for it is stopped.',
  data: z.strictObject({ reason: z.string() }),
});
export type JobCancelled = EventOf<typeof JobCancelled>;
