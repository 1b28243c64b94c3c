import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256, StoredObject, Uid } from '../values.js';

/** The same SOP Instance UID came with other bytes: both objects are kept, the first one travels. */
export const InstanceConflicted = defineEvent('instance.conflicted', 1, {
  stream: 'series',
  producer: 'ingest',
  summary: 'A known SOP Instance UID came with other bytes; both are kept.',
  data: z.strictObject({
    sopInstanceUid: Uid,
    sopClassUid: Uid,
    transferSyntaxUid: Uid,
    object: StoredObject,
    /** SHA-256 of the object that was there first. */
    conflictsWith: Sha256,
    association: z.string(),
  }),
});
export type InstanceConflicted = EventOf<typeof InstanceConflicted>;
