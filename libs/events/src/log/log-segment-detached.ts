import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** A segment is no longer part of the table of the log: from here on its events are read from the copy. */
export const LogSegmentDetached = defineEvent('log.segment-detached', 1, {
  stream: 'log',
  producer: 'audit',
  summary: 'A segment leaves the table of the log; its events are read from the copy in the object store.',
  data: z.strictObject({ from: z.int().positive(), to: z.int().positive(), reason: z.string() }),
});
export type LogSegmentDetached = EventOf<typeof LogSegmentDetached>;
