import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { erasure } from './expiry.js';

/** What an expired job made is gone from the object store. */
export const JobErased = defineEvent('job.erased', 1, {
  stream: 'job',
  producer: 'routing',
  summary: 'What an expired job made is gone from the object store.',
  data: z.strictObject(erasure),
});
export type JobErased = EventOf<typeof JobErased>;
