import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';
import { expiryGround } from './expiry.js';

/** What a job made is kept no longer: its objects, its files, its results and its logs. */
export const JobExpired = defineEvent('job.expired', 1, {
  stream: 'job',
  producer: 'routing',
  summary: 'What a job made is kept no longer, as the configuration says; it is erased.',
  data: z.strictObject({
    ...expiryGround,
    /** Attempts up to this one. */
    attempt: Count,
    /** Everything under these keys goes. */
    prefixes: z.array(z.string()).min(1),
    instances: Count,
  }),
});
export type JobExpired = EventOf<typeof JobExpired>;
