import { z } from 'zod';
import { AbsolutePath, AeTitle, Fingerprint, Name } from '../values.js';

/** What a certificate has to say to be the one that is meant; all that is given has to fit. */
export const CertificateMatch = z
  .strictObject({
    /** Common Name of the subject. */
    commonName: z.string().min(1).max(64).optional(),
    /** One of its Subject Alternative Names, with its kind: `DNS:ct1.hospital.example`, `IP Address:10.0.0.7`. */
    subjectAltName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z ]*:[^,"]+$/, 'a kind, a colon and a name: DNS:ct1.hospital.example')
      .optional(),
    fingerprint256: Fingerprint.optional(),
  })
  .refine((match) => Object.values(match).some((value) => value !== undefined), 'says nothing about a certificate');
export type CertificateMatch = Readonly<z.infer<typeof CertificateMatch>>;

/** Who the user of a caller has to be (PS3.7 D.3.3.7). */
export const SenderUser = z.strictObject({
  name: z.string().min(1).max(64),
  /** File with the passcode where ingest runs; without it the name alone is enough. */
  passcodeFile: AbsolutePath.optional(),
});
export type SenderUser = Readonly<z.infer<typeof SenderUser>>;

/** What a caller has to show to use its AE title, and where it takes objects itself. */
export const Sender = z.strictObject({
  aeTitle: AeTitle,
  /** The caller has to come over TLS with a certificate that fits one of these; any way it likes where there is none. */
  certificates: z.array(CertificateMatch).max(16).default([]),
  /** The user identity that the caller has to send. */
  user: SenderUser.optional(),
  /** Target that what is returned to the sender goes to; without it, the DICOM target that has the title of the sender. */
  target: Name.optional(),
  comment: z.string().max(1000).optional(),
});
export type Sender = Readonly<z.infer<typeof Sender>>;
