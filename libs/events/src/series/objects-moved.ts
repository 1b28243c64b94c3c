import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Sha256, Uid } from '../values.js';

/** Objects that were acknowledged out of a spool reached the object store. A series completes only when all of its have. */
export const ObjectsMoved = defineEvent('objects.moved', 1, {
  stream: 'series',
  producer: 'ingest',
  summary: 'Objects of a spool are durable in the object store.',
  data: z.strictObject({
    objects: z
      .array(
        z.strictObject({
          sopInstanceUid: Uid,
          sha256: Sha256,
          /** Present where the object did not get the key that was foreseen. */
          key: z.string().optional(),
        }),
      )
      .min(1),
    /** Objects of the series that are still in a spool. */
    remaining: Count,
  }),
});
export type ObjectsMoved = EventOf<typeof ObjectsMoved>;
