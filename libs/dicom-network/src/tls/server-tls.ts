import type { Credentials } from './credentials.js';

/** How a server speaks TLS, and only TLS (PS3.15 B.10). */
export interface ServerTls extends Credentials {
  /** CA certificates, PEM: client certificates have to lead to one of them. Node's own list without it. */
  readonly ca?: string | Buffer | undefined;
  /**
   * Whether clients show a certificate. One that is shown has to be valid even where it is optional. Default `required`.
   */
  readonly clientCertificates?: 'required' | 'optional' | 'none' | undefined;
  /** How long a handshake may take. Default 10 s. */
  readonly handshakeTimeoutMs?: number | undefined;
}
