import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';

/** The endpoint or the mail server took it. */
export const NotificationSent = defineEvent('notification.sent', 1, {
  stream: 'notification',
  producer: 'dispatch',
  summary: 'The endpoint or the mail server took it.',
  data: z.strictObject({
    attempt: z.int().positive(),
    /** The other side's own words: the status of HTTP, or the reply of the mail server. */
    receipt: z.string().max(300),
    durationMs: Milliseconds,
  }),
});
export type NotificationSent = EventOf<typeof NotificationSent>;
