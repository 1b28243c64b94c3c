import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, StoredObject } from '../values.js';

/** An object could not be understood. Its bytes are kept, it takes part in no series, and the sender was told. */
export const InstanceQuarantined = defineEvent('instance.quarantined', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'An object that could not be understood was kept aside.',
  data: z.strictObject({
    sopClassUid: z.string(),
    sopInstanceUid: z.string(),
    transferSyntaxUid: z.string(),
    object: StoredObject,
    status: Count,
    code: z.string(),
    reason: z.string(),
  }),
});
export type InstanceQuarantined = EventOf<typeof InstanceQuarantined>;
