import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';
import { runRecord } from './run-record.js';

/** A module took longer than it may, and was stopped. Nothing of what it made is kept. */
export const JobTimedOut = defineEvent('job.timed-out', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A module took longer than it may and was stopped.',
  data: z.strictObject({
    attempt: z.int().positive(),
    timeoutSeconds: z.number().positive(),
    durationMs: Milliseconds,
    ...runRecord,
  }),
});
export type JobTimedOut = EventOf<typeof JobTimedOut>;
