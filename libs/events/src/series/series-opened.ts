import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Facts, Identity } from '../facts.js';
import { Milliseconds, Source, Uid } from '../values.js';

/** The first object of a series arrived; its routing header stands for the series. */
export const SeriesOpened = defineEvent('series.opened', 1, {
  stream: 'series',
  producer: 'ingest',
  summary: 'The first object of a series arrived.',
  data: z.strictObject({
    seriesInstanceUid: Uid,
    studyInstanceUid: Uid,
    source: Source,
    /** Of the first object, with who sent it as `SenderAET`, `ReceiverAET` and `SenderAddress`. */
    header: Facts,
    identity: Identity,
    /** How long nothing must arrive until it is asked whether the series is complete: the shortest that may hold. */
    quietPeriodMs: Milliseconds,
    /** How many objects the series has by what this one says, where the configuration asks it. */
    expectedCount: z.int().positive().optional(),
  }),
});
export type SeriesOpened = EventOf<typeof SeriesOpened>;
