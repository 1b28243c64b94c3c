import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody asked for another round of attempts; the author is the event's actor. */
export const DeliveryRedriven = defineEvent('delivery.redriven', 1, {
  stream: 'delivery',
  producer: 'control',
  summary: 'Somebody asked to try a delivery again.',
  data: z.strictObject({ reason: z.string() }),
});
export type DeliveryRedriven = EventOf<typeof DeliveryRedriven>;
