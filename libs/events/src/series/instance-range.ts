import { z } from 'zod';
import { Count, Uid } from '../values.js';

/** The instances stored in the series' stream after the one sequence and up to the other. */
export const InstanceRange = z.strictObject({
  afterSequence: Count,
  throughSequence: Count,
  count: Count,
  /** Which of them, as many as the count; all of them where it says nothing. */
  sopInstanceUids: z.array(Uid).min(1).optional(),
});
export type InstanceRange = Readonly<z.infer<typeof InstanceRange>>;
