import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Uid } from '../values.js';

/** A series was seen to belong to the study. */
export const StudySeriesAdded = defineEvent('study.series-added', 1, {
  stream: 'study',
  producer: 'routing',
  summary: 'A series was added to its study.',
  data: z.strictObject({ seriesInstanceUid: Uid, modality: z.string(), seriesDescription: z.string() }),
});
export type StudySeriesAdded = EventOf<typeof StudySeriesAdded>;
