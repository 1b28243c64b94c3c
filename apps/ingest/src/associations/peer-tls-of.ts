import type { Origin } from '@waystation/dicom-network';
import type { PeerTls } from '@waystation/events';

/** What is written down of a peer's TLS; null where it came without. */
export const peerTlsOf = ({ tls, certificate }: Origin): PeerTls | null => {
  if (tls === undefined) return null;
  if (certificate === undefined) return { ...tls, certificate: null };
  const { subject, subjectAltName, fingerprint256, expiresAt } = certificate;
  return { ...tls, certificate: { subject, subjectAltName, fingerprint256, expiresAt } };
};
