import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** An endpoint does not take an event. It is tried again until it does; what comes behind waits. */
export const SubscriptionStalled = defineEvent('subscription.stalled', 1, {
  stream: 'subscription',
  producer: 'audit',
  summary: 'The endpoint of a subscription takes no events; they wait, and are tried again.',
  data: z.strictObject({
    /** The event that waits. */
    position: z.int().positive(),
    attempts: Count,
    code: z.string(),
    reason: z.string(),
  }),
});
export type SubscriptionStalled = EventOf<typeof SubscriptionStalled>;
