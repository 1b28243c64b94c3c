import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody wants a job done again, on the same input; the author is the event's actor. */
export const JobRestarted = defineEvent('job.restarted', 1, {
  stream: 'job',
  producer: 'control',
  summary: 'Somebody wants a job done again.',
  data: z.strictObject({
    reason: z.string(),
    /** Take precedence, key by key, from then on. */
    settings: z.record(z.string(), z.json()).optional(),
  }),
});
export type JobRestarted = EventOf<typeof JobRestarted>;
