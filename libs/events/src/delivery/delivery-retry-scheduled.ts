import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';

/** The next attempt is due after a delay that grows with the number of attempts. */
export const DeliveryRetryScheduled = defineEvent('delivery.retry-scheduled', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'The next attempt is due after a delay.',
  data: z.strictObject({ attempt: z.int().positive(), delayMs: Milliseconds }),
});
export type DeliveryRetryScheduled = EventOf<typeof DeliveryRetryScheduled>;
