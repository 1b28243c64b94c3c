import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/**
 * Somebody wants the series decided again: once it is complete again the rules in force then are asked about all of it,
 * as a revision of its own.
 */
export const SeriesReopened = defineEvent('series.reopened', 1, {
  stream: 'series',
  producer: 'control',
  summary: 'Somebody wants all of the series decided again.',
  data: z.strictObject({ reason: z.string() }),
});
export type SeriesReopened = EventOf<typeof SeriesReopened>;
