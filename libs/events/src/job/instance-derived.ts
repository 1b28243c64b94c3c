import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Facts, Identity } from '../facts.js';
import { StoredObject, Uid } from '../values.js';

/** An object that a module made is durable. Appended together with the success of its attempt. */
export const InstanceDerived = defineEvent('instance.derived', 1, {
  stream: 'job',
  producer: 'processing',
  summary: 'A module made an object.',
  data: z.strictObject({
    attempt: z.int().positive(),
    sopInstanceUid: Uid,
    sopClassUid: Uid,
    transferSyntaxUid: Uid,
    /** What the object says; a module may keep the UIDs of what it was given. */
    seriesInstanceUid: Uid,
    studyInstanceUid: Uid,
    object: StoredObject,
    /** Its whole routing header, without what identifies the patient. */
    header: Facts,
    identity: Identity,
    /** SOP Instance UIDs of the objects it was made of, where the module says so. */
    from: z.array(Uid).min(1).optional(),
  }),
});
export type InstanceDerived = EventOf<typeof InstanceDerived>;
