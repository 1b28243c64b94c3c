import { ConfigurationDocument } from '@waystation/events';
import { z } from 'zod';

/** Who asks and why; both stay in the log. */
export const AuthorshipQuery = z.object({
  author: z.string().min(1).max(200).default('operator'),
  reason: z.string().max(1000).default(''),
});
export type AuthorshipQuery = z.infer<typeof AuthorshipQuery>;

/** A whole configuration. */
export const Publication = z.strictObject({
  document: ConfigurationDocument,
  basedOn: z.int().nonnegative().optional(),
});
export type Publication = z.infer<typeof Publication>;
