import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
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
    /** One sentence. */
    because: z.string(),
  }),
});
export type JobRouted = EventOf<typeof JobRouted>;
