import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Base64 } from '../values.js';

/** From here on seals are signed by another key, or no longer. */
export const LogSigningKeyChanged = defineEvent('log.signing-key-changed', 1, {
  stream: 'log',
  producer: 'audit',
  summary: 'Seals are signed by another key from here on, or no longer.',
  data: z.strictObject({
    /** Ed25519 public key, SubjectPublicKeyInfo in DER (RFC 8410); null: seals are no longer signed. */
    key: Base64.nullable(),
    /** The key before; null where seals were not signed. */
    previous: Base64.nullable(),
  }),
});
export type LogSigningKeyChanged = EventOf<typeof LogSigningKeyChanged>;
