import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Name } from '../values.js';
import { CollectedSeries } from './collected-series.js';

/** A rule that waits for the study matched a revision of one of its series: it waits with what the rule has collected. */
export const StudySeriesMatched = defineEvent('study.series-matched', 1, {
  stream: 'study',
  producer: 'routing',
  summary: 'A rule that waits for the study matched a series of it.',
  data: z.strictObject({ rule: Name, series: CollectedSeries }),
});
export type StudySeriesMatched = EventOf<typeof StudySeriesMatched>;
