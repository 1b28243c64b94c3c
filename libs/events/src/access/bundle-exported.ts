import { defineEvent, type EventOf } from '../define-event.js';
import { Reading } from './reading.js';

/** Somebody took the evidence of a study out. */
export const BundleExported = defineEvent('bundle.exported', 1, {
  stream: 'access',
  producer: 'audit',
  summary: 'Somebody took the evidence of a study out.',
  data: Reading,
});
export type BundleExported = EventOf<typeof BundleExported>;
