import { resolve } from 'node:path';
import type { CompleteValues } from './complete-values.js';
import type { DicomSettings, DicomTlsSettings } from './dicom-settings.js';

const orUndefined = <Value>(value: Value | 'none'): Value | undefined => (value === 'none' ? undefined : value);

const tlsSettings = (values: CompleteValues, folder: string): DicomTlsSettings | undefined => {
  const path = (file: string | undefined): string | undefined => file && resolve(folder, file);
  const { tlsPort, tlsCertificateFile = '', tlsKeyFile = '' } = values;
  if (tlsPort === 'none') return undefined;
  return {
    port: tlsPort,
    certificateFile: resolve(folder, tlsCertificateFile),
    keyFile: resolve(folder, tlsKeyFile),
    keyPassphraseFile: path(values.tlsKeyPassphraseFile),
    caFile: path(values.tlsCaFile),
    clientCertificates: values.tlsClientCertificates,
  };
};

/** The settings of the receiver, out of values that agree with each other. */
export const dicomSettingsFrom = (values: CompleteValues, folder: string): DicomSettings => {
  const { maxAssociations, maxAssociationsPerCaller, maxAssociationsPerAddress } = values;
  return {
    host: values.dicomHost,
    port: orUndefined(values.dicomPort),
    tls: tlsSettings(values, folder),
    aeTitle: values.dicomAeTitle,
    acceptCalledAeTitles: values.acceptCalled ?? [values.dicomAeTitle],
    acceptCallingAeTitles: values.acceptCalling,
    maxAssociations,
    maxAssociationsPerCaller: maxAssociationsPerCaller ?? maxAssociations,
    maxAssociationsPerAddress: maxAssociationsPerAddress ?? maxAssociations,
    maxObjectBytes: values.maxObjectBytes,
    minimumRate: values.minimumRate,
    maximumPduLength: values.maximumPduLength,
    artimSeconds: values.artimSeconds,
    idleSeconds: values.idleSeconds,
    operationsWindow: values.operationsWindow,
    receivers: values.receivers,
  };
};
