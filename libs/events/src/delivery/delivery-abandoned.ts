import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** No further attempt is made unless somebody asks for one. */
export const DeliveryAbandoned = defineEvent('delivery.abandoned', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'No further attempt is made by itself.',
  data: z.strictObject({ attempts: z.int().positive(), code: z.string(), reason: z.string() }),
});
export type DeliveryAbandoned = EventOf<typeof DeliveryAbandoned>;
