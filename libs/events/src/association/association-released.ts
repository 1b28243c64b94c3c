import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Milliseconds, Uid } from '../values.js';

/** What came over an association. */
export const AssociationTally = z.strictObject({
  stored: Count,
  duplicated: Count,
  conflicted: Count,
  quarantined: Count,
  refused: Count,
  /** Operations that are not served here; left out where there were none. */
  refusedOperations: Count.min(1).optional(),
  bytes: Count,
  durationMs: Milliseconds,
});
export type AssociationTally = Readonly<z.infer<typeof AssociationTally>>;

/** The peer released the association in order (PS3.8 7.2). */
export const AssociationReleased = defineEvent('association.released', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'An association ended in order.',
  data: AssociationTally.extend({
    /** Series that it brought objects of, the same again included; left out where it brought none. */
    series: z.array(Uid).min(1).optional(),
    /** Events `association.series-noted` before this one, which name more of them; left out where there are none. */
    seriesNoted: Count.min(1).optional(),
  }),
});
export type AssociationReleased = EventOf<typeof AssociationReleased>;
