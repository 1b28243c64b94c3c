import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { erasure } from './expiry.js';

/** The bytes of expired objects are gone from the object store. */
export const ObjectsErased = defineEvent('objects.erased', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'The bytes of expired objects are gone from the object store.',
  data: z.strictObject(erasure),
});
export type ObjectsErased = EventOf<typeof ObjectsErased>;
