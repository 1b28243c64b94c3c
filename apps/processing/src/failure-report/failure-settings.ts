import { z } from 'zod';

/** What failed, as routing writes it into the request. */
export const FailureSettings = z.strictObject({
  /** The job that failed. */
  job: z.string(),
  attempts: z.int().nonnegative(),
  module: z.string(),
  rule: z.string().optional(),
  code: z.string(),
  reason: z.string(),
  /** ISO 8601 in UTC. */
  failedAt: z.string(),
});
export type FailureSettings = z.infer<typeof FailureSettings>;
