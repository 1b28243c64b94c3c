import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** The objects of a series are kept no longer than the configuration says again. */
export const ObjectsReleased = defineEvent('objects.released', 1, {
  stream: 'series',
  producer: 'control',
  summary: 'The objects of a series are kept as long as the configuration says again.',
  data: z.strictObject({ author: z.string(), reason: z.string() }),
});
export type ObjectsReleased = EventOf<typeof ObjectsReleased>;
