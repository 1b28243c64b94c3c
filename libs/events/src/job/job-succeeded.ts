import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Identity } from '../facts.js';
import { Count, Milliseconds, Sha256, StoredFile } from '../values.js';
import { JobFile } from './job-file.js';
import { NotificationDirective } from './notification-directive.js';
import { RoutingDirective } from './routing-directive.js';
import { runRecord } from './run-record.js';

/** A module is done, and all that it made is durable. */
export const JobSucceeded = defineEvent('job.succeeded', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A module is done, and what it made is durable.',
  data: z.strictObject({
    attempt: z.int().positive(),
    /** How many objects it made, and a digest over their hashes. */
    outputs: z.strictObject({ instances: Count, digest: Sha256 }),
    files: z.array(JobFile).max(10_000),
    /** What the module says of its own work in `status` of its result; left out for `success`. */
    status: z.enum(['partial', 'failed']).optional(),
    /** What it found, as JSON; it may identify the patient, so it is an object of its own. */
    result: StoredFile.optional(),
    /** The text, numbers and truth values at the top of the result. */
    findings: Identity.optional(),
    /** What the result says of where the output goes; it counts where the rule lets it. */
    routing: RoutingDirective.optional(),
    /** What it wants people to be told; it counts where the rule tells anybody. */
    notification: NotificationDirective.optional(),
    durationMs: Milliseconds,
    ...runRecord,
  }),
});
export type JobSucceeded = EventOf<typeof JobSucceeded>;
