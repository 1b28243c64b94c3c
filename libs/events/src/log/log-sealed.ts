import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Base64, Sha256 } from '../values.js';

/** A range of the log was sealed: changing any event of it changes the root, and so every later seal. */
export const LogSealed = defineEvent('log.sealed', 1, {
  stream: 'log',
  producer: 'audit',
  summary: 'A range of the log was sealed by a Merkle root chained to the seal before.',
  data: z.strictObject({
    from: z.int().positive(),
    to: z.int().positive(),
    /** Merkle root over the leaves `from` to `to`. */
    root: Sha256,
    /** The seal before; 64 zeros for the first. */
    previous: Sha256,
    /** SHA-256 of `previous`, `root`, `from` and `to`. */
    seal: Sha256,
    /** The first two bytes of every leaf. They prove nothing; they tell which event a wrong root is about. */
    marks: Base64,
    /** Ed25519 over the seal, and the public key (SubjectPublicKeyInfo in DER, RFC 8410); null where Waystation has no key. */
    signature: z.strictObject({ key: Base64, value: Base64 }).nullable(),
  }),
});
export type LogSealed = EventOf<typeof LogSealed>;
