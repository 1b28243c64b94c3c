import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** An endpoint refused an event for what it is: it is put aside, and the next one follows. */
export const SubscriptionEventParked = defineEvent('subscription.event-parked', 1, {
  stream: 'subscription',
  producer: 'audit',
  summary: 'The endpoint of a subscription refused an event; it was put aside.',
  data: z.strictObject({
    position: z.int().positive(),
    /** `webhook.http-422`. */
    code: z.string(),
    reason: z.string(),
  }),
});
export type SubscriptionEventParked = EventOf<typeof SubscriptionEventParked>;
