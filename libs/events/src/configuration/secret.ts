import { z } from 'zod';
import { AbsolutePath } from '../values.js';

/**
 * Where a secret is found by the service that needs it. The secret itself is in no configuration, which everybody may
 * read and which stays in the log for ever.
 */
export const SecretReference = z.union([
  /** A variable of the environment that the service was started with. */
  z.strictObject({ environment: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'the name of a variable') }),
  /** A file on the machine of the service, without the line's end behind it; read anew each time. */
  z.strictObject({ file: AbsolutePath }),
  /** A secret of a HashiCorp Vault, KV version 2: `secret/data/waystation#smtp-password`. */
  z.strictObject({ vault: z.string().regex(/^[^#\s]+#[^#\s]+$/, 'a path, a # and a field') }),
]);
export type SecretReference = Readonly<z.infer<typeof SecretReference>>;
