import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Uid } from '../values.js';

/**
 * More series came over an association than one event is to name: these are named before it ends. The same one may be named
 * again, here or at its end.
 */
export const AssociationSeriesNoted = defineEvent('association.series-noted', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'An association brought objects of more series than one event names.',
  data: z.strictObject({
    /** Series that it brought objects of, the same again included. */
    series: z.array(Uid).min(1),
  }),
});
export type AssociationSeriesNoted = EventOf<typeof AssociationSeriesNoted>;
