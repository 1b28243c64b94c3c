import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** An attempt to tell somebody failed. */
export const NotificationFailed = defineEvent('notification.failed', 1, {
  stream: 'notification',
  producer: 'dispatch',
  summary: 'An attempt to tell somebody failed.',
  data: z.strictObject({
    attempt: z.int().positive(),
    code: z.string(),
    reason: z.string().max(1000),
    /** False where trying again cannot help, such as a channel that is configured no more. */
    retryable: z.boolean(),
    /** `waystation` where it called the attempt off because it stops: that does not count towards the attempts. */
    by: z.enum(['channel', 'waystation']),
    /** The message may have arrived all the same. */
    uncertain: z.boolean(),
  }),
});
export type NotificationFailed = EventOf<typeof NotificationFailed>;
