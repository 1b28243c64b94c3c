import { z } from 'zod';
import { Count, InstantText, Name, Sha256 } from '../values.js';

/** What became of a series or job, which decides how long it is kept. */
export const Ended = z.enum(['delivered', 'undelivered', 'undecided', 'discarded', 'derived']);
export type Ended = z.infer<typeof Ended>;

/** Why objects are kept no longer. */
export const expiryGround = {
  /** The policy that says so; left out where it is what holds without one. */
  policy: Name.optional(),
  /** The configuration that it stands in. */
  configuration: z.strictObject({ version: Count, sha256: Sha256 }),
  ended: Ended,
  /** When that was over. */
  endedAt: InstantText,
  /** How long they were to be kept from then on. */
  keptDays: z.number().nonnegative(),
  /** One sentence. */
  because: z.string(),
};

/** What became of the bytes. */
export const erasure = {
  /** Position of the event that let them go. */
  expired: Count,
  /** Keys that are no longer in the object store. */
  erased: Count,
  /** Keys that stay because something needs them again. */
  kept: Count,
};
