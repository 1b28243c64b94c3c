import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CodedError, type Instant, messageOf } from '@waystation/kernel';
import { checkCredentials, type Credentials } from './credentials.js';

/** Where the parts of TLS credentials lie: paths of PEM files. */
export interface CredentialFiles {
  /** The certificate, and behind it those that lead to its root. */
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** Of a key that is encrypted; a line break at its end does not count. */
  readonly keyPassphraseFile?: string | undefined;
  /** Certificates of the authorities that the other side's certificate has to lead to. */
  readonly caFile?: string | undefined;
}

/** What was read, as {@link ServerTls} and {@link ClientTls} take it. */
export interface FileCredentials extends Partial<Credentials> {
  readonly ca?: Buffer | undefined;
  /** When the certificate ends to be valid. */
  readonly expiresAt?: Instant | undefined;
}

const invalid = (part: keyof CredentialFiles, path: string, what: string, cause?: unknown): CodedError =>
  new CodedError('dicom-network.tls-invalid', `${path} ${what}`, { cause, details: { part } });

const read = async (part: keyof CredentialFiles, path: string | undefined): Promise<Buffer | undefined> => {
  try {
    return path === undefined ? undefined : await readFile(path);
  } catch (error) {
    throw invalid(part, String(path), `cannot be read: ${messageOf(error)}`, error);
  }
};

/** A date of a certificate. Node writes them as `Nov 20 14:08:40 2026 GMT`. */
const instant = (date: string): Instant => new Date(date).toISOString();

const checkedCertificate = (part: 'certificateFile' | 'caFile', path: string, pem: string): X509Certificate => {
  let certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (error) {
    throw invalid(part, path, `holds no certificate in PEM: ${messageOf(error)}`, error);
  }
  const [from, to] = [instant(certificate.validFrom), instant(certificate.validTo)];
  const now = new Date().toISOString();
  if (now > to) throw invalid(part, path, `holds a certificate that has expired on ${to}`);
  if (now < from) throw invalid(part, path, `holds a certificate that is not valid before ${from}`);
  return certificate;
};

const checkedKey = (path: string, key: Buffer, passphrase: string | undefined): KeyObject => {
  try {
    return createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    const hint = passphrase === undefined ? '' : ' with the passphrase given';
    throw invalid('keyFile', path, `holds no private key in PEM that can be used${hint}: ${messageOf(error)}`, error);
  }
};

const BLOCK = /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (TRUSTED |X509 )?CERTIFICATE-----/g;

/** One authority that is valid is enough: lists of them are handed on for years. */
const checkAuthorities = (path: string, pem: Buffer): void => {
  const failures: unknown[] = [];
  for (const [block] of pem.toString('latin1').matchAll(BLOCK)) {
    try {
      return void checkedCertificate('caFile', path, block);
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0] ?? invalid('caFile', path, 'holds no certificate in PEM');
};

/**
 * Reads credentials and makes sure that they can be used now: that everything is there and is what it has to be, that the
 * key belongs to the certificate and that nothing has expired.
 * @throws CodedError `dicom-network.tls-invalid`, whose `details.part` names the file of {@link CredentialFiles} at fault
 */
export const readCredentials = async (files: CredentialFiles): Promise<FileCredentials> => {
  const { certificateFile = '', keyFile = '', caFile = '' } = files;
  const certificate = await read('certificateFile', files.certificateFile);
  const key = await read('keyFile', files.keyFile);
  const passphrase = (await read('keyPassphraseFile', files.keyPassphraseFile))?.toString().replace(/\r?\n$/, '');
  const ca = await read('caFile', files.caFile);
  const leaf = certificate && checkedCertificate('certificateFile', certificateFile, certificate.toString('latin1'));
  const secret = key && checkedKey(keyFile, key, passphrase);
  if (leaf !== undefined && secret !== undefined && !leaf.checkPrivateKey(secret)) {
    throw invalid('keyFile', keyFile, `holds another key than that of the certificate in ${certificateFile}`);
  }
  if (ca !== undefined) checkAuthorities(caFile, ca);
  const credentials = { certificate, key, passphrase, ca };
  const given = Object.fromEntries(Object.entries(credentials).filter(([, value]) => value !== undefined));
  checkCredentials(given);
  return { ...given, ...(leaf === undefined ? {} : { expiresAt: instant(leaf.validTo) }) };
};
