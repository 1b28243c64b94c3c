import type { Instant } from '@waystation/kernel';
import type { AuditMessage } from './audit-message.js';
import { renderAuditMessage } from './render-audit-message.js';

/** Security or authorization messages (RFC 5424 6.2.1; PS3.15 A.6). */
const FACILITY = 10;
const NOTICE = 5;
const WARNING = 4;
/** RFC 5424 6.4: in front of text in UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Who sends, for the header. */
export interface SyslogSender {
  readonly host: string;
  readonly processId: number;
}

/** A syslog message (RFC 5424) with an audit message in it (PS3.15 A.6): what goes into a datagram or a frame. */
export const syslogMessage = (message: AuditMessage, sentAt: Instant, { host, processId }: SyslogSender): Buffer => {
  const priority = FACILITY * 8 + (message.event.outcome === 0 ? NOTICE : WARNING);
  const header = `<${priority}>1 ${sentAt} ${field(host, 255)} Waystation ${processId} DICOM+RFC3881 -`;
  return Buffer.from(`${header} ${BYTE_ORDER_MARK}${renderAuditMessage(message)}`);
};

/** A frame on a stream: octet counting (RFC 5425 4.3, RFC 6587 3.4.1). */
export const syslogFrame = (message: Buffer): Buffer => Buffer.concat([Buffer.from(`${message.length} `), message]);

/** PRINTUSASCII without spaces, so long; `-` where nothing is left (RFC 5424 6). */
const field = (text: string, longest: number): string => text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
