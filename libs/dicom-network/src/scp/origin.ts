import type { PeerCertificate } from '../tls/peer-certificate.js';
import type { TlsSession } from '../tls/tls-session.js';

/** What is known of a peer before it says anything. */
export interface Origin {
  /** The peer's IP address; an IPv4 address without its IPv6 prefix. */
  readonly address: string;
  /** What its connection over TLS came to; undefined for a plain one. */
  readonly tls?: TlsSession | undefined;
  /** What the peer proved with TLS, where it did: a policy can bind AE titles to it. */
  readonly certificate?: PeerCertificate | undefined;
}
