import { nameOfSetting, type DicomTlsSettings } from '@waystation/configuration';
import { readCredentials, type CredentialFiles, type FileCredentials, type ServerTls } from '@waystation/dicom-network';
import { CodedError, messageOf } from '@waystation/kernel';

const settingOf = {
  certificateFile: 'tlsCertificateFile',
  keyFile: 'tlsKeyFile',
  keyPassphraseFile: 'tlsKeyPassphraseFile',
  caFile: 'tlsCaFile',
} as const satisfies Record<keyof CredentialFiles, string>;

const isPart = (part: unknown): part is keyof CredentialFiles => typeof part === 'string' && part in settingOf;

/** Where the fault can't be told from the others, it is the certificate that does not work. */
const faultOf = (error: unknown): CodedError => {
  const part = error instanceof CodedError ? error.details['part'] : undefined;
  const name = nameOfSetting(isPart(part) ? settingOf[part] : 'tlsCertificateFile');
  return new CodedError('ingest.tls-unusable', `setting ${name}: ${messageOf(error)}`, { cause: error });
};

const words = { require: 'required', request: 'optional', none: 'none' } as const;

/** How the receiver speaks TLS, and until when its certificate is valid. */
export interface ReceiverTls {
  readonly tls: ServerTls;
  readonly expiresAt: string;
}

/**
 * Reads the files that the settings name.
 * @param artimMs how long a handshake may take
 * @throws CodedError `ingest.tls-unusable`, which names the setting, its file and what is wrong with it
 */
export const readServerTls = async (settings: DicomTlsSettings, artimMs: number): Promise<ReceiverTls> => {
  const { certificateFile, keyFile, keyPassphraseFile, caFile, clientCertificates } = settings;
  const read: FileCredentials = await readCredentials({ certificateFile, keyFile, keyPassphraseFile, caFile }).catch(
    (error: unknown): never => {
      throw faultOf(error);
    },
  );
  const { certificate = '', key = '', passphrase, ca, expiresAt = '' } = read;
  const tls = { certificate, key, passphrase, ca, handshakeTimeoutMs: artimMs };
  return { tls: { ...tls, clientCertificates: words[clientCertificates] }, expiresAt };
};
