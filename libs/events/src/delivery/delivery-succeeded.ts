import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Milliseconds } from '../values.js';

/** Every object has a receipt. */
export const DeliverySucceeded = defineEvent('delivery.succeeded', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'The target acknowledged every object.',
  data: z.strictObject({ attempt: z.int().positive(), instances: Count, durationMs: Milliseconds }),
});
export type DeliverySucceeded = EventOf<typeof DeliverySucceeded>;
