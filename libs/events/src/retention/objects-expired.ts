import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256, Uid } from '../values.js';
import { expiryGround } from './expiry.js';

/**
 * Objects of a series are kept no longer. From here on nothing may ask for them; their bytes are erased behind it. The same
 * object may come again, and is a new one then.
 */
export const ObjectsExpired = defineEvent('objects.expired', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'Objects of a series are kept no longer, as the configuration says; their bytes are erased.',
  data: z.strictObject({
    ...expiryGround,
    objects: z.array(z.strictObject({ sopInstanceUid: Uid, sha256: Sha256, key: z.string() })).min(1),
  }),
});
export type ObjectsExpired = EventOf<typeof ObjectsExpired>;
