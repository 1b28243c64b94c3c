import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name } from '../values.js';

/** A worker begins to tell somebody. Written before any byte leaves. */
export const NotificationAttempted = defineEvent('notification.attempted', 1, {
  stream: 'notification',
  producer: 'dispatch',
  summary: 'A worker begins to tell somebody.',
  data: z.strictObject({
    attempt: z.int().positive(),
    worker: z.string(),
    channel: Name,
    /** Version of the configuration whose description of the channel is used. */
    configurationVersion: Count,
    /** Whether the message may name the patient. */
    identity: z.boolean(),
    /** True where an attempt before was cut off or failed in doubt: whoever is told may have been told already. */
    mayRepeat: z.boolean(),
    /** The worker that vanished in the middle of the attempt before. */
    takenOverFrom: z.string().optional(),
  }),
});
export type NotificationAttempted = EventOf<typeof NotificationAttempted>;
