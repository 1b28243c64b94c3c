import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody asked to send an endpoint an event once more; the author is the event's actor. */
export const SubscriptionRedeliveryRequested = defineEvent('subscription.redelivery-requested', 1, {
  stream: 'subscription',
  producer: 'control',
  summary: 'Somebody asked to send the endpoint of a subscription an event once more.',
  data: z.strictObject({ position: z.int().positive(), reason: z.string() }),
});
export type SubscriptionRedeliveryRequested = EventOf<typeof SubscriptionRedeliveryRequested>;
