import { z } from 'zod';

/** Exponential back-off: delay n is `firstDelaySeconds · factor^(n-1)`, capped, then shortened by up to half at random. */
export const RetryPolicy = z.strictObject({
  attempts: z.int().min(1).max(1000).default(10),
  firstDelaySeconds: z.number().min(0.05).max(86_400).default(5),
  factor: z.number().min(1).max(10).default(2),
  longestDelaySeconds: z.number().min(0.05).max(604_800).default(900),
});
export type RetryPolicy = Readonly<z.infer<typeof RetryPolicy>>;
