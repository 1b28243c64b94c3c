import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Uid } from '../values.js';
import { DeliveryPriority } from './delivery-priority.js';

/** A series, or what was added to it, is to go to a target. */
export const DeliveryRequested = defineEvent('delivery.requested', 1, {
  stream: 'delivery',
  producer: 'routing',
  summary: 'A series is to be sent to a target.',
  data: z.strictObject({
    delivery: z.string(),
    seriesInstanceUid: Uid,
    studyInstanceUid: Uid,
    revision: z.int().positive(),
    target: Name,
    rules: z.array(Name),
    /** What goes before it and what after at its target; `normal` where it says nothing. */
    priority: DeliveryPriority.optional(),
    /** The delivery that has to be over before this one begins, succeeded or abandoned. */
    after: z.string().optional(),
    /** The instances stored in the series' stream after the one sequence and up to the other. */
    instances: z.strictObject({
      afterSequence: Count,
      throughSequence: Count,
      count: Count,
      /** Which of them, as many as the count; all of them where it says nothing. */
      sopInstanceUids: z.array(Uid).min(1).optional(),
    }),
  }),
});
export type DeliveryRequested = EventOf<typeof DeliveryRequested>;
