import { z } from 'zod';

/** Where a configuration differs from the version before. */
export const ConfigurationChange = z.strictObject({
  /** Path in the document, by names: `rules.CT to archive.condition`; of a list alone, its order. */
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
});
export type ConfigurationChange = Readonly<z.infer<typeof ConfigurationChange>>;
