import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { InstantText, Sha256 } from '../values.js';

/** A segment of the log has a copy in the object store that was read back and compared. */
export const LogSegmentArchived = defineEvent('log.segment-archived', 1, {
  stream: 'log',
  producer: 'audit',
  summary: 'A segment of the log was copied to the object store, and the copy read back and compared.',
  data: z.strictObject({
    from: z.int().positive(),
    to: z.int().positive(),
    /** Key of the copy in the object store. */
    key: z.string(),
    /** SHA-256 of the copy. */
    sha256: Sha256,
    /** Bytes of the copy. */
    size: z.int().positive(),
    /** Where in the copy its directory begins. */
    directoryAt: z.int().positive(),
    /** When the first and the last event of the segment were recorded. */
    recordedFrom: InstantText,
    recordedTo: InstantText,
    reason: z.string(),
  }),
});
export type LogSegmentArchived = EventOf<typeof LogSegmentArchived>;
