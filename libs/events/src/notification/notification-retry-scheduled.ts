import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';

/** The next attempt is due after a delay that grows with the number of attempts. */
export const NotificationRetryScheduled = defineEvent('notification.retry-scheduled', 1, {
  stream: 'notification',
  producer: 'dispatch',
  summary: 'The next attempt to tell somebody is due after a delay.',
  data: z.strictObject({ attempt: z.int().positive(), delayMs: Milliseconds }),
});
export type NotificationRetryScheduled = EventOf<typeof NotificationRetryScheduled>;
