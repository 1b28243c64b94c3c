import { z } from 'zod';

/** A whole configuration. What is in it is checked by itself, so that everything that is wrong with it is found at once. */
export const Publication = z.strictObject({
  document: z.unknown(),
  basedOn: z.int().nonnegative().optional(),
});
export type Publication = z.infer<typeof Publication>;

/** A configuration that is only to be looked at. */
export const Draft = z.strictObject({ document: z.unknown() });
export type Draft = z.infer<typeof Draft>;

/** A version that is to be in force again. */
export const Rollback = z.strictObject({ version: z.int().positive() });
export type Rollback = z.infer<typeof Rollback>;

/** Two versions; the one in force where no second is named. */
export const Versions = z.object({
  from: z.coerce.number().int().nonnegative(),
  to: z.coerce.number().int().nonnegative().optional(),
});
export type Versions = z.infer<typeof Versions>;
