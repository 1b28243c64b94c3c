import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** An attempt ended without receipts for every object. */
export const DeliveryFailed = defineEvent('delivery.failed', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'An attempt to send failed.',
  data: z.strictObject({
    attempt: z.int().positive(),
    code: z.string(),
    reason: z.string(),
    /** False where trying again cannot help, such as an unknown target. */
    retryable: z.boolean(),
    /**
     * `waystation` where the reason is Waystation's own, such as that it stops or that its log or its object store is away:
     * it does not count towards the attempts of the round. `target` is every other failure.
     */
    by: z.enum(['target', 'waystation']),
    /** Objects without a receipt may have arrived all the same. */
    uncertain: z.boolean(),
    delivered: Count,
    remaining: Count,
    /** What the target said of single objects; the first twenty. */
    refusals: z.array(z.strictObject({ sopInstanceUid: z.string(), receipt: z.string() })).max(20),
  }),
});
export type DeliveryFailed = EventOf<typeof DeliveryFailed>;
