import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Name } from '../values.js';

/** A rule said that this series goes nowhere. Its objects stay until their retention ends. */
export const SeriesDiscarded = defineEvent('series.discarded', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'A rule discarded the series; it goes nowhere.',
  data: z.strictObject({ revision: z.int().positive(), rule: Name }),
});
export type SeriesDiscarded = EventOf<typeof SeriesDiscarded>;
