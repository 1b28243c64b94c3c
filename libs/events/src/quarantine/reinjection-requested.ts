import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Source, StoredObject } from '../values.js';

/** Somebody asked for an object in quarantine to be taken in again. From here on it is done, whoever crashes on the way. */
export const ReinjectionRequested = defineEvent('reinjection.requested', 1, {
  stream: 'quarantine',
  producer: 'control',
  summary: 'Somebody asked for an object in quarantine to be taken in again.',
  data: z.strictObject({
    /** Position of the event that it was kept aside by. */
    quarantined: Count,
    /** Who sent it. */
    source: Source,
    /** As the C-STORE had them, whatever they are. */
    sopClassUid: z.string(),
    sopInstanceUid: z.string(),
    /** Whose SOP Class and Instance UID count where C-STORE and data set disagree. */
    uidsFrom: z.enum(['command', 'data-set']),
    /** What the data set is read as: that of its presentation context, or another that somebody knows better. */
    transferSyntaxUid: z.string(),
    object: StoredObject,
    author: z.string(),
    reason: z.string(),
  }),
});
export type ReinjectionRequested = EventOf<typeof ReinjectionRequested>;
