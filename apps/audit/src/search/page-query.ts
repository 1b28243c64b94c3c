import { z } from 'zod';

/** Which lines of a list: newest first, a page at a time. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  /** Position behind which the page begins; that of the last line of the page before. */
  before: z.coerce.number().int().positive().optional(),
});
