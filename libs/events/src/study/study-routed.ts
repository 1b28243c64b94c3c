import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Sha256, Uid } from '../values.js';

/** A delivery of one series of the study. */
export const StudyDelivery = z.strictObject({
  delivery: z.string(),
  seriesInstanceUid: Uid,
  /** Of the series. */
  revision: z.int().positive(),
  target: Name,
});
export type StudyDelivery = Readonly<z.infer<typeof StudyDelivery>>;

/** Where a completed study goes: a delivery for each series and target, or a job for all of it. */
export const StudyRouted = defineEvent('study.routed', 1, {
  stream: 'study',
  producer: 'routing',
  summary: 'The deliveries of a completed study, or its job, were requested.',
  data: z.strictObject({
    rule: Name,
    /** The completion that it follows from. */
    revision: z.int().positive(),
    configuration: z.strictObject({ version: Count, sha256: Sha256 }),
    deliveries: z.array(StudyDelivery),
    /** Deliveries that another rule requested before and that bring the same objects to the same target. */
    alreadyRequested: z.array(StudyDelivery),
    /** Present where the rule has the study processed: the first step. */
    jobs: z
      .array(z.strictObject({ job: z.string(), module: Name }))
      .min(1)
      .optional(),
  }),
});
export type StudyRouted = EventOf<typeof StudyRouted>;
