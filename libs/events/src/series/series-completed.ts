import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Milliseconds, Sha256 } from '../values.js';

/** The series counts as complete. Never final: a later object opens the next revision. */
export const SeriesCompleted = defineEvent('series.completed', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'Nothing arrived for the quiet period; the series counts as complete.',
  data: z.strictObject({
    revision: z.int().positive(),
    trigger: z.enum(['quiet']),
    quietPeriodMs: Milliseconds,
    /** When the last object arrived, database clock. */
    lastReceivedAt: z.iso.datetime(),
    /** All instances of the series so far. */
    instances: Count,
    /** Those that came since the revision before. */
    newInstances: Count,
    /** SHA-256 over `SOPInstanceUID sha256\n` of all instances in order of UID. */
    digest: Sha256,
  }),
});
export type SeriesCompleted = EventOf<typeof SeriesCompleted>;
