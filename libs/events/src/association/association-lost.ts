import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Uid } from '../values.js';

/**
 * The receiver of an association is gone without a word: killed, or it hung for longer than its lease. Another one writes this in
 * its place. What was acknowledged until then is stored all the same.
 */
export const AssociationLost = defineEvent('association.lost', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'The receiver of an association is gone, and the association with it.',
  data: z.strictObject({
    /** The receiver that accepted it. */
    receiver: z.string(),
    /** Series that it brought objects of, the same again included; left out where it brought none. */
    series: z.array(Uid).min(1).optional(),
    /** Events `association.series-noted` before this one, which name more of them; left out where there are none. */
    seriesNoted: Count.min(1).optional(),
  }),
});
export type AssociationLost = EventOf<typeof AssociationLost>;
