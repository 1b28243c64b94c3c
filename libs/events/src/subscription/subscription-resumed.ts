import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** An endpoint took the event that it had not taken before. */
export const SubscriptionResumed = defineEvent('subscription.resumed', 1, {
  stream: 'subscription',
  producer: 'audit',
  summary: 'The endpoint of a subscription takes events again.',
  data: z.strictObject({
    /** The event that had to wait. */
    position: z.int().positive(),
    attempts: Count,
  }),
});
export type SubscriptionResumed = EventOf<typeof SubscriptionResumed>;
