import { defineEvent, type EventOf } from '../define-event.js';
import { Reading } from './reading.js';

/** Somebody read what happened: a history, a state of the past, an explanation, a list. */
export const HistoryViewed = defineEvent('history.viewed', 1, {
  stream: 'access',
  producer: 'audit',
  summary: 'Somebody read what happened.',
  data: Reading,
});
export type HistoryViewed = EventOf<typeof HistoryViewed>;
