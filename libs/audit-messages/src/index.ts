export type { AuditMessage } from './audit-message.js';
export { auditMessagesOf, isAudited } from './audit-messages-of.js';
export { renderAuditMessage } from './render-audit-message.js';
export type { Reporter } from './reporter.js';
export type { StudySubject, Subject } from './subject.js';
export { syslogFrame, syslogMessage, type SyslogSender } from './syslog-message.js';
