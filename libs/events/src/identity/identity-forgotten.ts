import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** The keys are destroyed: what was sealed with them stays in the log, and nobody can open it. */
export const IdentityForgotten = defineEvent('identity.forgotten', 1, {
  stream: 'patient',
  producer: 'control',
  summary: 'The keys of a patient were destroyed; who it is cannot be read any more.',
  data: z.strictObject({
    keys: z.array(z.uuid()).min(1),
    author: z.string(),
    reason: z.string(),
  }),
});
export type IdentityForgotten = EventOf<typeof IdentityForgotten>;
