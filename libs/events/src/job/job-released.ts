import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** A job that was held is due. */
export const JobReleased = defineEvent('job.released', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A job need not wait for its hours any longer.',
  data: z.discriminatedUnion('by', [
    /** The hours it waited for have begun, or the configuration has other ones now. */
    z.strictObject({ by: z.literal('schedule'), configurationVersion: Count }),
    /** Whoever is the event's actor wants it done now, at whatever hour. */
    z.strictObject({ by: z.literal('operator'), note: z.string() }),
  ]),
});
export type JobReleased = EventOf<typeof JobReleased>;
