import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** A module says how far it is. */
export const JobProgressed = defineEvent('job.progressed', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A module says how far it is.',
  data: z.strictObject({
    attempt: z.int().positive(),
    fraction: z.number().min(0).max(1).optional(),
    /** Without anything that identifies the patient. */
    message: z.string().max(500).optional(),
  }),
});
export type JobProgressed = EventOf<typeof JobProgressed>;
