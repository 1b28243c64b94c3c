import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256, Uid } from '../values.js';

/** The target's receipt for one object. */
export const InstanceDelivered = defineEvent('instance.delivered', 1, {
  stream: 'delivery',
  producer: 'dispatch',
  summary: 'The target acknowledged one object.',
  data: z.strictObject({
    sopInstanceUid: Uid,
    sha256: Sha256,
    attempt: z.int().positive(),
    /** What it was delivered in: as it is stored, or what the target takes instead. */
    transferSyntaxUid: Uid,
    /** The target's own words: `0x0000` of DIMSE, or the path of a file. */
    receipt: z.string(),
  }),
});
export type InstanceDelivered = EventOf<typeof InstanceDelivered>;
