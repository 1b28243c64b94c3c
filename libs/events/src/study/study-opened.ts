import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Uid } from '../values.js';

/** The first series of a study arrived. */
export const StudyOpened = defineEvent('study.opened', 1, {
  stream: 'study',
  producer: 'routing',
  summary: 'The first series of a study arrived.',
  data: z.strictObject({ studyInstanceUid: Uid }),
});
export type StudyOpened = EventOf<typeof StudyOpened>;
