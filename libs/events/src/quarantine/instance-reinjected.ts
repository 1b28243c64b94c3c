import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Uid } from '../values.js';

/** An object of the quarantine is part of a series now: written together with what that made of the series. */
export const InstanceReinjected = defineEvent('instance.reinjected', 1, {
  stream: 'quarantine',
  producer: 'ingest',
  summary: 'An object in quarantine was taken in.',
  data: z.strictObject({
    studyInstanceUid: Uid,
    seriesInstanceUid: Uid,
    sopInstanceUid: Uid,
    /** What it is to its series: new, the same again, or the same UID with other bytes. */
    outcome: z.enum(['stored', 'duplicated', 'conflicted']),
  }),
});
export type InstanceReinjected = EventOf<typeof InstanceReinjected>;
