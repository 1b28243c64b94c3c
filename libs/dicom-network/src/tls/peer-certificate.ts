import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Instant } from '@waystation/kernel';

/** The certificate a peer has proved to own, checked against the CA certificates. */
export interface PeerCertificate {
  /** Distinguished name, for example `CN=CT1, O=Hospital`. */
  readonly subject: string;
  /** The one Common Name of the subject; empty where it has none, or several. */
  readonly commonName: string;
  /** Subject Alternative Name as OpenSSL writes it, for example `DNS:ct1.example, IP Address:10.0.0.1`; or empty. */
  readonly subjectAltName: string;
  /** SHA-256 of the certificate, in upper-case hexadecimal with colons. */
  readonly fingerprint256: string;
  readonly expiresAt: Instant;
}

/** The certificate of whoever is at the other end, undefined where none was shown. */
export const peerCertificate = (socket: TLSSocket): PeerCertificate | undefined => {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  return {
    subject: certificate.subject.split('\n').join(', '),
    commonName: commonNameOf(certificate),
    subjectAltName: certificate.subjectAltName ?? '',
    fingerprint256: certificate.fingerprint256,
    expiresAt: new Date(certificate.validTo).toISOString(),
  };
};

const commonNameOf = (certificate: X509Certificate): string => {
  // Several of a kind are a list here, whatever the type says.
  const name: unknown = certificate.toLegacyObject().subject.CN;
  return typeof name === 'string' ? name : '';
};
