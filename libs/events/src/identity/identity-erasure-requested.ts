import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Somebody asked to forget a patient. From here on the keys are sought out and destroyed, whoever crashes on the way. */
export const IdentityErasureRequested = defineEvent('identity.erasure-requested', 1, {
  stream: 'patient',
  producer: 'control',
  summary: 'Somebody asked to forget who a patient is.',
  data: z.strictObject({
    /** The keys that are to be destroyed. */
    keys: z.array(z.uuid()).min(1),
    author: z.string(),
    reason: z.string(),
  }),
});
export type IdentityErasureRequested = EventOf<typeof IdentityErasureRequested>;
