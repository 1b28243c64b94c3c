import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256, Uid } from '../values.js';

/** The same object came again, byte for byte: acknowledged, recorded, not delivered again. */
export const InstanceDuplicated = defineEvent('instance.duplicated', 1, {
  stream: 'series',
  producer: 'ingest',
  summary: 'The same object came again.',
  data: z.strictObject({ sopInstanceUid: Uid, sha256: Sha256, association: z.string() }),
});
export type InstanceDuplicated = EventOf<typeof InstanceDuplicated>;
