import { z } from 'zod';
import { Uid } from '../values.js';

/** A revision of a series that a rule takes for its study. */
export const CollectedSeries = z.strictObject({
  seriesInstanceUid: Uid,
  revision: z.int().positive(),
  /** What the representative instance says: lists of series are compared with it. */
  seriesDescription: z.string(),
  /** What it says, where it is a number: the order in which ordered deliveries are made. */
  seriesNumber: z.int().nullable(),
});
export type CollectedSeries = Readonly<z.infer<typeof CollectedSeries>>;
