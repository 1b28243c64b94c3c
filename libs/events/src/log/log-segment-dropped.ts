import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** The database no longer holds a segment, in any table. */
export const LogSegmentDropped = defineEvent('log.segment-dropped', 1, {
  stream: 'log',
  producer: 'audit',
  summary: 'The database drops a detached segment; only the copy in the object store remains.',
  data: z.strictObject({ from: z.int().positive(), to: z.int().positive(), reason: z.string() }),
});
export type LogSegmentDropped = EventOf<typeof LogSegmentDropped>;
