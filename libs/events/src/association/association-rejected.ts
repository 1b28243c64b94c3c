import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { PeerTls } from './peer-tls.js';

/** A peer called and was refused (PS3.8 9.3.4). */
export const AssociationRejected = defineEvent('association.rejected', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'A peer was refused an association.',
  data: z.strictObject({
    callingAeTitle: z.string(),
    calledAeTitle: z.string(),
    address: z.string(),
    /** Null where the peer came without TLS, or not through its handshake. */
    tls: PeerTls.nullable(),
    reason: z.string(),
  }),
});
export type AssociationRejected = EventOf<typeof AssociationRejected>;
