import { z } from 'zod';
import { Name } from '../values.js';

/** Digest of an OCI image: `sha256:` and 64 hexadecimal digits. */
export const ImageDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** What does the work. */
export const JobExecutor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('app'), name: Name, version: z.string() }),
  /** The digest is known once the image is there; where it is pulled for the attempt, the outcome has it. */
  z.strictObject({ kind: z.literal('container'), image: z.string(), imageDigest: ImageDigest.optional() }),
]);
export type JobExecutor = Readonly<z.infer<typeof JobExecutor>>;
