import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name } from '../values.js';

/** A dispatcher begins to send. Written before any byte leaves. */
export const DeliveryAttempted = defineEvent('delivery.attempted', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'A dispatcher begins to send.',
  data: z.strictObject({
    attempt: z.int().positive(),
    worker: z.string(),
    target: Name,
    /** Version of the configuration whose description of the target is used. */
    configurationVersion: Count,
    /** Instances without a receipt yet. */
    instances: Count,
    /** True where an attempt before was cut off or failed in doubt: some of these may already be at the target. */
    mayRepeat: z.boolean(),
  }),
});
export type DeliveryAttempted = EventOf<typeof DeliveryAttempted>;
