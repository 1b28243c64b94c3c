import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Observation } from '../series/series-routed.js';
import { Name, Uid } from '../values.js';

/** A delivery that follows from a job. */
export const JobDelivery = z.strictObject({
  delivery: z.string(),
  target: Name,
  /** `output`: what the job made; `original`: what came in, of this revision of a series. */
  brings: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('output') }),
    z.strictObject({ kind: z.literal('original'), seriesInstanceUid: Uid, revision: z.int().positive() }),
  ]),
});
export type JobDelivery = Readonly<z.infer<typeof JobDelivery>>;

/** What a condition on the result said and why. Values of the result may identify the patient, and are not in it. */
export const OutcomeVerdict = z.strictObject({
  when: z.string(),
  verdict: z.enum(['matched', 'not-matched', 'failed']),
  /** One sentence. */
  because: z.string(),
  /** Every sub-expression that was looked at, with the value it had. */
  observations: z.array(Observation),
});
export type OutcomeVerdict = Readonly<z.infer<typeof OutcomeVerdict>>;

/** It is decided what follows from a job that is over. */
export const JobRouted = defineEvent('job.routed', 1, {
  stream: 'job',
  producer: 'routing',
  summary: 'It is decided what follows from a job: deliveries, the next step, or nothing.',
  data: z.strictObject({
    /** The attempt that the job was over with. */
    attempt: z.int().positive(),
    /**
     * `routed`: deliveries follow; `next-step`: another job; `kept`: nothing, as the rule says; `empty`: nothing, since it
     * made no object; `discarded`: nothing, as the module says; `failed`: what the rule says for a failure.
     */
    outcome: z.enum(['routed', 'next-step', 'kept', 'empty', 'discarded', 'failed']),
    deliveries: z.array(JobDelivery),
    /** The job that follows. */
    next: z.string().optional(),
    /** The job that makes the DICOM object which tells of the failure. */
    report: z.string().optional(),
    /** Present where the rule wants somebody told of this result. */
    notify: z.literal(true).optional(),
    /** The conditions on the result that were asked, in order, up to the one that holds; present where there are any. */
    outcomes: z.array(OutcomeVerdict).min(1).optional(),
    /** One sentence. */
    because: z.string(),
  }),
});
export type JobRouted = EventOf<typeof JobRouted>;
