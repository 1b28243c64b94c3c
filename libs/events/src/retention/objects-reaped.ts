import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, InstantText } from '../values.js';

/**
 * Objects that no event named were found in the object store. They are removed behind this event: whoever is cut off in between
 * finds and names what is left of them again.
 */
export const ObjectsReaped = defineEvent('objects.reaped', 1, {
  stream: 'store',
  producer: 'audit',
  summary: 'Objects that no event named are removed from the object store.',
  data: z.strictObject({
    /** They had been in the object store since before this. */
    before: InstantText,
    count: Count.min(1),
    /** Of all of them. */
    bytes: Count,
    objects: z.array(z.strictObject({ key: z.string(), size: Count, modifiedAt: InstantText })).min(1),
  }),
});
export type ObjectsReaped = EventOf<typeof ObjectsReaped>;
