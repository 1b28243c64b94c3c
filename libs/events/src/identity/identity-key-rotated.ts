import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** Every key of a patient is wrapped by another key-encryption key; the one before may be taken away. */
export const IdentityKeyRotated = defineEvent('identity.key-rotated', 1, {
  stream: 'log',
  producer: 'control',
  summary: 'The keys of all patients are wrapped by another key-encryption key; nothing that is sealed changed.',
  data: z.strictObject({
    /** Names of the key-encryption keys, which are not in the log and cannot be told from their names. */
    key: z.string().min(1),
    previous: z.string().min(1),
    author: z.string(),
    reason: z.string(),
  }),
});
export type IdentityKeyRotated = EventOf<typeof IdentityKeyRotated>;
