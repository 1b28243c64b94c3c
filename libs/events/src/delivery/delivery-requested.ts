import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Uid } from '../values.js';

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
    /** The instances stored in the series' stream after the one sequence and up to the other. */
    instances: z.strictObject({ afterSequence: Count, throughSequence: Count, count: Count }),
  }),
});
export type DeliveryRequested = EventOf<typeof DeliveryRequested>;
