import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { FactChanges, HeaderWarning, Identity } from '../facts.js';
import { Milliseconds, StoredObject, Uid } from '../values.js';

/** An object is durable: in the object store, or in a spool until it gets there. Written before the sender is told so. */
export const InstanceStored = defineEvent('instance.stored', 1, {
  stream: 'series',
  producer: 'ingest',
  summary: 'An object is durable, in the object store or in a spool in front of it.',
  data: z.strictObject({
    sopInstanceUid: Uid,
    sopClassUid: Uid,
    transferSyntaxUid: Uid,
    object: StoredObject,
    association: z.string(),
    /** How its routing header, who sent it included, differs from the header in `series.opened`. */
    headerChanges: FactChanges,
    /** Present where the identity differs from the one in `series.opened`. */
    identity: Identity.optional(),
    /** Present where there are any; one of each kind. */
    warnings: z.array(HeaderWarning).min(1).optional(),
    /** Present where it came late and the configuration asks for another quiet period by now: as in `series.opened`. */
    quietPeriodMs: Milliseconds.optional(),
    /** Present where it says that the series has more objects than those before it did. */
    expectedCount: z.int().positive().optional(),
  }),
});
export type InstanceStored = EventOf<typeof InstanceStored>;
