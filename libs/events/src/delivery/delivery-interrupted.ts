import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/**
 * The dispatcher that made an attempt is gone: its lease ran out without an outcome. Objects without a receipt may or
 * may not have arrived; the next attempt sends them again and says so. What makes every dispatcher vanish is abandoned.
 */
export const DeliveryInterrupted = defineEvent('delivery.interrupted', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'A dispatcher vanished in the middle of an attempt.',
  data: z.strictObject({ attempt: z.int().positive(), worker: z.string(), foundBy: z.string() }),
});
export type DeliveryInterrupted = EventOf<typeof DeliveryInterrupted>;
