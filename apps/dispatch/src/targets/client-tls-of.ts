import { readCredentials, type ClientTls } from '@waystation/dicom-network';
import type { DicomTarget } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';

/**
 * How a target is called over TLS; undefined where it is called without. The files are read each time, so that a
 * certificate that was renewed is used from the next attempt on.
 * @throws CodedError `dispatch.tls-unusable`, which names the file and what is wrong with it; nobody was called then
 */
export const clientTlsOf = async ({ name, tls }: DicomTarget): Promise<ClientTls | undefined> => {
  if (tls === undefined) return undefined;
  const { caFile, certificateFile, keyFile, keyPassphraseFile, ...asked } = tls;
  try {
    return { ...asked, ...(await readCredentials({ caFile, certificateFile, keyFile, keyPassphraseFile })) };
  } catch (error) {
    const part = error instanceof CodedError ? error.details['part'] : undefined;
    const place = ['targets', name, 'tls', ...(typeof part === 'string' ? [part] : [])].join('.');
    throw new CodedError('dispatch.tls-unusable', `${place}: ${messageOf(error)}`, { cause: error });
  }
};
