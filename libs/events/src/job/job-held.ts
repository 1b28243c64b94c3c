import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, InstantText } from '../values.js';

/** A job that could begin waits for its hours. */
export const JobHeld = defineEvent('job.held', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A job waits for its hours.',
  data: z.strictObject({
    reason: z.literal('off-peak'),
    /** When the hours begin that it waits for, as the configuration says. */
    until: InstantText,
    configurationVersion: Count,
  }),
});
export type JobHeld = EventOf<typeof JobHeld>;
