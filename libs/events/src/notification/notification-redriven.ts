import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody asked for another round of attempts; the author is the event's actor. */
export const NotificationRedriven = defineEvent('notification.redriven', 1, {
  stream: 'notification',
  producer: 'control',
  summary: 'Somebody asked to try a notification again.',
  data: z.strictObject({ reason: z.string() }),
});
export type NotificationRedriven = EventOf<typeof NotificationRedriven>;
