import { z } from 'zod';
import { AbsolutePath, Fingerprint } from '../values.js';

/** How a target is called over TLS (PS3.15 annex B). Certificates and keys are named by their files where dispatch runs. */
export const TargetTls = z
  .strictObject({
    /** PEM with the authorities that the target's certificate has to lead to; the public ones without it. */
    caFile: AbsolutePath.optional(),
    /** PEM with the certificate that the target is shown, and behind it those that lead to its root. */
    certificateFile: AbsolutePath.optional(),
    /** PEM with the private key of that certificate. */
    keyFile: AbsolutePath.optional(),
    /** File with the passphrase of a key that is encrypted. */
    keyPassphraseFile: AbsolutePath.optional(),
    /** The name that the target's certificate has to be for; its host without it. */
    serverName: z.string().min(1).max(253).optional(),
    /**
     * What is asked of the target's certificate: `name`, that it leads to an authority and is for the name; `chain`, that
     * it leads to an authority; `none`, nothing: anybody may answer.
     */
    verify: z.enum(['name', 'chain', 'none']).default('name'),
    /** The one certificate that is accepted, besides that. */
    fingerprint256: Fingerprint.optional(),
  })
  .refine(({ certificateFile, keyFile }) => (certificateFile === undefined) === (keyFile === undefined), {
    error: 'certificateFile and keyFile go together',
    path: ['keyFile'],
  });
export type TargetTls = Readonly<z.infer<typeof TargetTls>>;
