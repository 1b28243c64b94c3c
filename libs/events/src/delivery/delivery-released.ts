import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** Why a delivery need not wait any longer. */
export const ReleaseReason = z.discriminatedUnion('by', [
  /** The hours it waited for have begun, or the configuration has other ones now. */
  z.strictObject({ by: z.literal('schedule'), configurationVersion: Count }),
  z.strictObject({
    by: z.literal('predecessor'),
    delivery: z.string(),
    /** `abandoned`: it goes on without the one before it, which failed; `unknown`: the log has no such delivery. */
    outcome: z.enum(['succeeded', 'abandoned', 'unknown']),
  }),
  /** Whoever is the event's actor wants it sent now, whatever it waited for. */
  z.strictObject({ by: z.literal('operator'), note: z.string() }),
]);
export type ReleaseReason = Readonly<z.infer<typeof ReleaseReason>>;

/** A delivery that was held is due. */
export const DeliveryReleased = defineEvent('delivery.released', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'A delivery need not wait any longer.',
  data: ReleaseReason,
});
export type DeliveryReleased = EventOf<typeof DeliveryReleased>;
