import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody wants the objects of a series kept, whatever the configuration says: for a court, for a study. */
export const ObjectsHeld = defineEvent('objects.held', 1, {
  stream: 'series',
  producer: 'control',
  summary: 'Somebody wants the objects of a series kept until that somebody lets them go.',
  data: z.strictObject({ author: z.string(), reason: z.string() }),
});
export type ObjectsHeld = EventOf<typeof ObjectsHeld>;
