import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { AssociationTally } from './association-released.js';

/** The association broke off (PS3.8 7.3, 7.4): what was acknowledged until then is stored all the same. */
export const AssociationAborted = defineEvent('association.aborted', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'An association broke off.',
  data: z.strictObject({
    by: z.enum(['peer', 'waystation', 'network']),
    reason: z.string(),
    tally: AssociationTally,
  }),
});
export type AssociationAborted = EventOf<typeof AssociationAborted>;
