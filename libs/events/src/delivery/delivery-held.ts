import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, InstantText } from '../values.js';

/** Why no attempt is made now. */
export const HoldReason = z.discriminatedUnion('reason', [
  z.strictObject({
    reason: z.literal('off-peak'),
    /** When the hours begin that the delivery waits for, as the configuration says. */
    until: InstantText,
    configurationVersion: Count,
  }),
  z.strictObject({
    reason: z.literal('after'),
    /** The delivery that has to be over before. */
    after: z.string(),
  }),
  z.strictObject({
    reason: z.literal('operator'),
    /** In the words of who holds it. */
    note: z.string(),
  }),
]);
export type HoldReason = Readonly<z.infer<typeof HoldReason>>;

/** A delivery that could be attempted waits for its hours, for another delivery, or for somebody who released it. */
export const DeliveryHeld = defineEvent('delivery.held', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'A delivery waits for its hours, for the delivery before it, or for an operator.',
  data: HoldReason,
});
export type DeliveryHeld = EventOf<typeof DeliveryHeld>;
