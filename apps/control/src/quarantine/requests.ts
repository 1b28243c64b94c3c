import { Uid } from '@waystation/events';
import { z } from 'zod';

/** How an object is to be taken in that was kept aside. */
export const Reinjection = z
  .strictObject({
    /** Whose SOP Class and Instance UID count where C-STORE and data set disagree. */
    uidsFrom: z.enum(['command', 'data-set']).default('command'),
    /** What the data set really is; that of the C-STORE where it is not said. */
    transferSyntaxUid: Uid.optional(),
  })
  .prefault({});
export type Reinjection = z.infer<typeof Reinjection>;
