import { checkServerIdentity, type ConnectionOptions } from 'node:tls';
import { isIP } from 'node:net';
import { checkCredentials, credentialOptions, type Credentials } from './credentials.js';
import { tlsProfile } from './tls-profile.js';

/** How a peer is called over TLS (PS3.15 B.10). */
export interface ClientTls extends Partial<Credentials> {
  /** CA certificates, PEM: the peer's has to lead to one of them. Node's own list without it. */
  readonly ca?: string | Buffer | undefined;
  /** The name that the peer's certificate has to be for. Default: the host that is called. */
  readonly serverName?: string | undefined;
  /**
   * What is asked of the peer's certificate: `name`, that it leads to a CA and is for the name; `chain`, that it leads to
   * a CA, since certificates of devices often have no host name; `none`, nothing: then anybody may answer. Default `name`.
   */
  readonly verify?: 'name' | 'chain' | 'none' | undefined;
  /** SHA-256 of the one certificate that is accepted, in hexadecimal, with colons or without; besides its chain. */
  readonly fingerprint256?: string | undefined;
  /** How long the handshake may take. Default 10 s. */
  readonly handshakeTimeoutMs?: number | undefined;
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** A name that the certificate is not for, as Node's own check reports it. */
export const WRONG_FINGERPRINT = 'WAYSTATION_WRONG_FINGERPRINT';

const identityCheck =
  (tls: ClientTls): NonNullable<ConnectionOptions['checkServerIdentity']> =>
  (host, certificate) => {
    const { fingerprint256: expected, verify = 'name', serverName = host } = tls;
    if (expected !== undefined && plain(certificate.fingerprint256) !== plain(expected)) {
      const message = `the certificate has fingerprint ${certificate.fingerprint256}, expected ${expected}`;
      return Object.assign(new Error(message), { code: WRONG_FINGERPRINT });
    }
    return verify === 'name' ? checkServerIdentity(serverName, certificate) : undefined;
  };

/**
 * What Node has to be told to call a peer.
 * @throws CodedError `dicom-network.tls-invalid`
 */
export const clientTlsOptions = (tls: ClientTls, host: string): ConnectionOptions => {
  checkCredentials(tls);
  const name = tls.serverName ?? host;
  return {
    ...tlsProfile,
    ...credentialOptions(tls),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    // Addresses are not sent as names (RFC 6066 3).
    ...(isIP(name) === 0 ? { servername: name } : {}),
    rejectUnauthorized: tls.verify !== 'none',
    checkServerIdentity: identityCheck(tls),
  };
};
