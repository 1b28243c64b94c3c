import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256 } from '../values.js';

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
  }),
});
export type LogSealed = EventOf<typeof LogSealed>;
