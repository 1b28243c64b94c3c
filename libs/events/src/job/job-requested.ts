import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { DeliveryPriority } from '../delivery/delivery-priority.js';
import { Count, Name, Sha256, Uid } from '../values.js';
import { JobInput } from './job-input.js';
import { JobPlan, PlannedOutcomes } from './job-plan.js';

/** A module is to process objects of a series or study. */
export const JobRequested = defineEvent('job.requested', 1, {
  stream: 'job',
  producer: 'routing',
  summary: 'A module is to process a series or study.',
  data: z.strictObject({
    job: z.string(),
    module: Name,
    /** What the app that takes it calls itself; left out where it is the name of the module, or a container. */
    app: Name.optional(),
    /** Of the step; those of the module are added when it is started. */
    settings: z.record(z.string(), z.json()),
    /** Left out where somebody asked for the job without a rule. */
    rule: Name.optional(),
    /** The first one is 0. */
    step: Count,
    priority: DeliveryPriority.optional(),
    configuration: z.strictObject({ version: Count, sha256: Sha256 }),
    studyInstanceUid: Uid,
    /** Left out where it is about the study. */
    seriesInstanceUid: Uid.optional(),
    /** Of the series, or of the study's completion. */
    revision: z.int().positive(),
    input: z.array(JobInput).min(1),
    /** What came in at the beginning; left out in the first step, where it is the input. */
    originals: z.array(JobInput).min(1).optional(),
    plan: JobPlan,
    /** What the result of this step decides. */
    outcomes: PlannedOutcomes,
    /** In the words of who asked for it; only without a rule. */
    reason: z.string().optional(),
  }),
});
export type JobRequested = EventOf<typeof JobRequested>;
