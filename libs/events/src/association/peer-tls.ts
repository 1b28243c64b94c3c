import { z } from 'zod';

/** What is known of a peer that came over TLS (PS3.15 annex B). */
export const PeerTls = z.strictObject({
  /** `TLSv1.2` or `TLSv1.3`. */
  version: z.string(),
  /** The cipher suite, as IANA calls it. */
  cipher: z.string(),
  /** The certificate that it proved to own, led to an authority that is trusted; null where it showed none. */
  certificate: z
    .strictObject({
      /** Distinguished name: `O=Hospital, CN=CT1`. */
      subject: z.string(),
      /** `DNS:ct1.example, IP Address:10.0.0.1`; or empty. */
      subjectAltName: z.string(),
      /** SHA-256, in upper-case hexadecimal with colons. */
      fingerprint256: z.string(),
      expiresAt: z.iso.datetime(),
    })
    .nullable(),
});
export type PeerTls = Readonly<z.infer<typeof PeerTls>>;
