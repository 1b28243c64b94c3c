import { defineEvent, type EventOf } from '../define-event.js';
import { Reading } from './reading.js';

/** Somebody took the bytes of an object out. */
export const ObjectRetrieved = defineEvent('object.retrieved', 1, {
  stream: 'access',
  producer: 'audit',
  summary: 'Somebody took an object out.',
  data: Reading,
});
export type ObjectRetrieved = EventOf<typeof ObjectRetrieved>;
