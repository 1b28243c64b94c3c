import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** No further attempt is made unless somebody asks for one. */
export const NotificationAbandoned = defineEvent('notification.abandoned', 1, {
  stream: 'notification',
  producer: 'dispatch',
  summary: 'No further attempt to tell somebody is made by itself.',
  data: z.strictObject({ attempts: z.int().positive(), code: z.string(), reason: z.string().max(1000) }),
});
export type NotificationAbandoned = EventOf<typeof NotificationAbandoned>;
