import { resolve } from 'node:path';
import type { CompleteValues } from './complete-values.js';
import type { SettingsProblem } from './settings-problem.js';
import { settingsTable, type SettingName, type SettingValues } from './settings-table.js';

/** Which audit repository is told who did what. The paths are absolute; nobody has looked at the files yet. */
export interface AuditMessageSettings {
  readonly transport: 'tls' | 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  readonly caFile: string | undefined;
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly siteId: string | undefined;
}

/** RFC 5425 4.1, RFC 6587 (the port of syslog-conn), RFC 5426 3.3. */
const usualPorts = { tls: 6514, tcp: 601, udp: 514 } as const;

/** The repository that the settings name; undefined where they name none. */
export const auditMessageSettingsFrom = (values: CompleteValues, folder: string): AuditMessageSettings | undefined => {
  const to = values.auditMessagesTo;
  if (to === undefined) return undefined;
  const url = new URL(to);
  const transport = transportOf(to);
  const path = (file: string | undefined): string | undefined => file && resolve(folder, file);
  return {
    transport,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? usualPorts[transport] : Number(url.port),
    caFile: path(values.auditMessagesCaFile),
    certificateFile: path(values.auditMessagesCertificateFile),
    keyFile: path(values.auditMessagesKeyFile),
    siteId: values.auditMessagesSiteId,
  };
};

const transportOf = (url: string): AuditMessageSettings['transport'] =>
  url.startsWith('syslog+tls:') ? 'tls' : url.startsWith('syslog+tcp:') ? 'tcp' : 'udp';

const filesOfTls = ['auditMessagesCaFile', 'auditMessagesCertificateFile', 'auditMessagesKeyFile'] as const;

/** Problems of these settings with each other. */
export const checkAuditMessages = (values: SettingValues): readonly SettingsProblem[] => {
  const { auditMessagesTo: to, auditMessagesCertificateFile: certificate, auditMessagesKeyFile: key } = values;
  const without = filesOfTls
    .filter((name) => values[name] !== undefined && (to === undefined || transportOf(to) !== 'tls'))
    .map((name) => problem(name, `is there, and ${settingsTable.auditMessagesTo.key} is no \`syslog+tls://\` URL`));
  if (without.length > 0 || (certificate === undefined) === (key === undefined)) return without;
  const [lacking, given] =
    key === undefined
      ? (['auditMessagesKeyFile', 'auditMessagesCertificateFile'] as const)
      : (['auditMessagesCertificateFile', 'auditMessagesKeyFile'] as const);
  return [problem(lacking, `is not there, and ${settingsTable[given].key} is: expected both`)];
};

const problem = (name: SettingName, sentence: string): SettingsProblem => {
  const { key, env } = settingsTable[name];
  return { key, source: env, sentence };
};
