import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** A C-STORE was answered with a failure and nothing was kept: the sender still has the object. */
export const InstanceRefused = defineEvent('instance.refused', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'An object was refused; the sender was told.',
  data: z.strictObject({
    sopInstanceUid: z.string(),
    /** DIMSE status of the answer, PS3.4 table B.2-1. */
    status: Count,
    code: z.string(),
    reason: z.string(),
  }),
});
export type InstanceRefused = EventOf<typeof InstanceRefused>;
