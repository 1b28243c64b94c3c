import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';
import { PeerTls } from './peer-tls.js';

/** A peer called and at least one presentation context was accepted (PS3.8 7.1). */
export const AssociationAccepted = defineEvent('association.accepted', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'A peer opened an association.',
  data: z.strictObject({
    callingAeTitle: z.string(),
    calledAeTitle: z.string(),
    address: z.string(),
    /** Null where the peer came without TLS. */
    tls: PeerTls.nullable(),
    /** The user name (PS3.7 D.3.3.7), where the configuration asks for one and it was found right. */
    user: z.string().nullable(),
    implementationClassUid: z.string(),
    implementationVersionName: z.string(),
    /** Longest P-DATA-TF PDU the peer receives, bytes; 0 is no limit. */
    maximumLength: Count,
    /** Which life of a receiver took it. Where that ends without a word, another one writes the end of the association. */
    receiver: z.string().optional(),
    contexts: z.array(
      z.strictObject({
        id: Count,
        abstractSyntax: z.string(),
        /** Null where the context was refused. */
        transferSyntax: z.string().nullable(),
      }),
    ),
  }),
});
export type AssociationAccepted = EventOf<typeof AssociationAccepted>;
