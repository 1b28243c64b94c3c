import { createSecureContext } from 'node:tls';
import { CodedError, messageOf } from '@waystation/kernel';

/** A certificate and its key, in PEM. */
export interface Credentials {
  /** The certificate, and behind it those that lead to its root. */
  readonly certificate: string | Buffer;
  readonly key: string | Buffer;
  /** Of a key that is encrypted. */
  readonly passphrase?: string | undefined;
}

/** What Node calls them. */
export const credentialOptions = (credentials: Partial<Credentials>) => ({
  ...(credentials.certificate === undefined ? {} : { cert: credentials.certificate }),
  ...(credentials.key === undefined ? {} : { key: credentials.key }),
  ...(credentials.passphrase === undefined ? {} : { passphrase: credentials.passphrase }),
});

/**
 * Makes sure that certificates and keys can be read and belong together, before anybody is called or answered with them.
 * @throws CodedError `dicom-network.tls-invalid`
 */
export const checkCredentials = (credentials: Partial<Credentials> & { readonly ca?: string | Buffer | undefined }) => {
  const { certificate, key, ca } = credentials;
  if ((certificate === undefined) !== (key === undefined)) {
    throw new CodedError(
      'dicom-network.tls-invalid',
      'TLS needs a certificate and its key, or neither; one is missing',
    );
  }
  try {
    createSecureContext({ ...credentialOptions(credentials), ...(ca === undefined ? {} : { ca }) });
  } catch (error) {
    const what = 'The TLS certificate, its key or the CA certificates cannot be used';
    throw new CodedError('dicom-network.tls-invalid', `${what}: ${messageOf(error)}`, { cause: error });
  }
};
