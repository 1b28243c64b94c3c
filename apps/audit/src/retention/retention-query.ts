import { z } from 'zod';

/** What is to be told of how long things are kept. */
export const RetentionQuery = z.object({
  series: z.string().optional(),
  study: z.string().optional(),
  /** Also what is kept for ever, or goes on. */
  all: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  /** Position behind which the page begins; that of the last line of the page before. */
  after: z.coerce.number().int().nonnegative().default(0),
});
export type RetentionQuery = z.infer<typeof RetentionQuery>;
