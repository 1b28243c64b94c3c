import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

/** Settings of the receiver: where it listens, whom it takes, and how much of anybody. */
export const dicomTable = {
  dicomHost: setting('dicom.host', 'DICOM_HOST', kind.host, {
    doc: 'Address that DICOM listens on. `0.0.0.0` is every address of the machine.',
    fallback: '127.0.0.1',
  }),
  dicomPort: setting('dicom.port', 'DICOM_PORT', kind.orNone(kind.port), {
    doc: 'Port that DICOM listens on without TLS.',
    fallback: '11112',
  }),
  tlsPort: setting('dicom.tls.port', 'DICOM_TLS_PORT', kind.orNone(kind.port), {
    doc: 'Port that DICOM listens on over TLS, after the BCP 195 profile of PS3.15; 2762 is the registered one.',
    fallback: 'none',
  }),
  tlsCertificateFile: setting('dicom.tls.certificateFile', 'DICOM_TLS_CERTIFICATE_FILE', kind.path, {
    doc: 'PEM file with the certificate of the receiver, and behind it those that lead to its root. Needed for TLS.',
    otherwise: 'none',
  }),
  tlsKeyFile: setting('dicom.tls.keyFile', 'DICOM_TLS_KEY_FILE', kind.path, {
    doc: 'PEM file with the private key of that certificate. Needed for TLS.',
    otherwise: 'none',
  }),
  tlsKeyPassphraseFile: setting('dicom.tls.keyPassphraseFile', 'DICOM_TLS_KEY_PASSPHRASE_FILE', kind.path, {
    doc: 'File with the passphrase of a key that is encrypted.',
    otherwise: 'none',
  }),
  tlsCaFile: setting('dicom.tls.caFile', 'DICOM_TLS_CA_FILE', kind.path, {
    doc: 'PEM file with the authorities that certificates of callers have to lead to. Needed where callers are asked for one.',
    otherwise: 'none',
  }),
  tlsClientCertificates: setting(
    'dicom.tls.clientCertificates',
    'DICOM_TLS_CLIENT_CERTIFICATES',
    kind.oneOf('require', 'request', 'none'),
    {
      doc: 'Whether callers over TLS show a certificate. One that is shown has to be valid also where it is only requested.',
      fallback: 'require',
    },
  ),
  dicomAeTitle: setting('dicom.aeTitle', 'DICOM_AE_TITLE', kind.aeTitle, {
    doc: 'Our own AE title.',
    fallback: 'WAYSTATION',
  }),
  acceptCalled: setting('dicom.acceptCalledAeTitles', 'ACCEPT_CALLED_AE', kind.aeTitles, {
    doc: 'Called AE titles that are accepted; others are rejected, also where the configuration lists them.',
    otherwise: '`dicom.aeTitle` only',
  }),
  acceptCalling: setting('dicom.acceptCallingAeTitles', 'ACCEPT_CALLING_AE', kind.aeTitles, {
    doc: 'Calling AE titles that are accepted; others are rejected.',
    fallback: '*',
  }),
  maxAssociations: setting('dicom.maxAssociations', 'MAX_ASSOCIATIONS', kind.count, {
    doc: 'Associations that are open at the same time in one receiver, over all its ports; further ones are rejected until one ends.',
    fallback: '64',
  }),
  maxAssociationsPerCaller: setting('dicom.maxAssociationsPerCaller', 'MAX_ASSOCIATIONS_PER_CALLER', kind.count, {
    doc: 'The same, of one calling AE title.',
    otherwise: '`dicom.maxAssociations`',
  }),
  maxAssociationsPerAddress: setting('dicom.maxAssociationsPerAddress', 'MAX_ASSOCIATIONS_PER_ADDRESS', kind.count, {
    doc: 'The same, of one IP address.',
    otherwise: '`dicom.maxAssociations`',
  }),
  maxObjectBytes: setting('dicom.maxObjectBytes', 'MAX_OBJECT_BYTES', kind.bytes(1024, 2 ** 40), {
    doc: 'Longest data set that is taken; a longer one is answered 0xA700.',
    fallback: '4294967296',
  }),
  minimumRate: setting('dicom.minimumRate', 'MINIMUM_RATE', kind.bytes(0, 2 ** 30), {
    doc: 'Bytes per second that a caller has to send while it sends an object, over `dicom.idleSeconds`; 0 is any rate.',
    fallback: '0',
  }),
  maximumPduLength: setting('dicom.maximumPduLength', 'MAXIMUM_PDU_LENGTH', kind.bytes(4096, 2 ** 20), {
    doc: 'Longest P-DATA-TF that callers may send (PS3.8 annex D.1).',
    fallback: '131072',
  }),
  artimSeconds: setting('dicom.artimSeconds', 'ARTIM_SECONDS', kind.seconds(0.1, 3600), {
    doc: 'How long a caller may take for its association request (PS3.8 9.1.5), and before that for its TLS handshake.',
    fallback: '10',
  }),
  idleSeconds: setting('dicom.idleSeconds', 'IDLE_SECONDS', kind.seconds(0.1, 86_400), {
    doc: 'How long an association may lie idle while it is the turn of the caller; then it is aborted.',
    fallback: '60',
  }),
  operationsWindow: setting('dicom.operationsWindow', 'OPERATIONS_WINDOW', kind.whole('a whole number', 1, 64), {
    doc: 'Objects that a caller may send ahead of their answers, if it asks for that (PS3.7 D.3.3.3).',
    fallback: '1',
  }),
  receivers: setting('dicom.receivers', 'RECEIVERS', kind.count, {
    doc: 'Processes that share the DICOM ports: more than one uses more than one core.',
    fallback: '1',
  }),
} as const;
