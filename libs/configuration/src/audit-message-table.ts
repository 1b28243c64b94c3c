import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

/** Settings of the audit repository that is told who did what (PS3.15 A.5 and A.6). */
export const auditMessageTable = {
  auditMessagesTo: setting('auditMessages.to', 'AUDIT_MESSAGES_TO', kind.syslogUrl, {
    doc: 'Where DICOM audit messages go: `syslog+tls://host:6514`, or `syslog+tcp://host:601` and `syslog+udp://host:514`, which anybody on the way can read.',
    otherwise: 'nowhere',
  }),
  auditMessagesCaFile: setting('auditMessages.caFile', 'AUDIT_MESSAGES_CA_FILE', kind.path, {
    doc: 'PEM file with the authorities that the certificate of the repository has to lead to.',
    otherwise: 'the public ones',
  }),
  auditMessagesCertificateFile: setting('auditMessages.certificateFile', 'AUDIT_MESSAGES_CERTIFICATE_FILE', kind.path, {
    doc: 'PEM file with the certificate that the repository is shown.',
    otherwise: 'none',
  }),
  auditMessagesKeyFile: setting('auditMessages.keyFile', 'AUDIT_MESSAGES_KEY_FILE', kind.path, {
    doc: 'PEM file with the private key of that certificate, not encrypted.',
    otherwise: 'none',
  }),
  auditMessagesSiteId: setting('auditMessages.siteId', 'AUDIT_MESSAGES_SITE_ID', kind.name, {
    doc: 'Where in the enterprise this Waystation is (Audit Enterprise Site ID).',
    otherwise: 'none',
  }),
} as const;
