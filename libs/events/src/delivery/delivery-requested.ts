import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { DerivedInstances } from '../job/derived-instances.js';
import { InstanceRange } from '../series/instance-range.js';
import { Name, Uid } from '../values.js';
import { DeliveryPriority } from './delivery-priority.js';

/** A series, what was added to it, or what a job made of it is to go to a target. */
export const DeliveryRequested = defineEvent('delivery.requested', 1, {
  stream: 'delivery',
  producer: 'routing',
  summary: 'A series is to be sent to a target.',
  data: z.strictObject({
    delivery: z.string(),
    /** For what a job made of a study the first series that it was given. */
    seriesInstanceUid: Uid,
    studyInstanceUid: Uid,
    revision: z.int().positive(),
    target: Name,
    rules: z.array(Name),
    /** The job that it follows from, whether it brings what that made or what came in. */
    job: z.string().optional(),
    /** What goes before it and what after at its target; `normal` where it says nothing. */
    priority: DeliveryPriority.optional(),
    /** The delivery that has to be over before this one begins, succeeded or abandoned. */
    after: z.string().optional(),
    /** Some of the series as it was received, or what a job made of it. */
    instances: z.union([InstanceRange, DerivedInstances]),
  }),
});
export type DeliveryRequested = EventOf<typeof DeliveryRequested>;
