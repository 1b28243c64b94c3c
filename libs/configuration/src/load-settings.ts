import { isIPv4 } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodedError } from '@waystation/kernel';
import { auditMessageSettingsFrom, checkAuditMessages } from './audit-message-settings.js';
import { checkArchive } from './check-archive.js';
import { checkDicom } from './check-dicom.js';
import type { CompleteValues } from './complete-values.js';
import { containersSettingsFrom } from './containers-settings.js';
import { dicomSettingsFrom } from './dicom-settings-from.js';
import { checkIdentity, identitySettingsFrom } from './identity-settings-from.js';
import { readEnvironment, type Environment } from './read-environment.js';
import { readSettingsFile } from './read-settings-file.js';
import { refuse, type SettingsProblem } from './settings-problem.js';
import { settings, type SettingValues } from './settings-table.js';
import type { Settings } from './settings.js';
import { checkVault, vaultSettingsFrom } from './vault-settings.js';

/** 127.0.0.0/8 (RFC 1122 3.2.1.3), ::1 (RFC 4291 2.5.3) and their name. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** `bind` stands for both hosts of its source, so that a variable wins over the hosts of the file. */
const withBind = ({ bind, ...values }: SettingValues): SettingValues =>
  bind === undefined ? values : { dicomHost: bind, httpHost: bind, ...values };

const defaults = (): SettingValues =>
  Object.fromEntries(
    settings.flatMap(([name, { fallback, fromText, schema }]) =>
      fallback === undefined ? [] : [[name, schema.parse(fromText(fallback))]],
    ),
  );

const objectsUrl = (objects: string | undefined, folder: string, dataFolder: string): string => {
  if (objects === undefined) return pathToFileURL(join(dataFolder, 'objects')).href;
  const path = /^file:(?!\/\/)(.+)$/.exec(objects)?.[1];
  return path === undefined ? objects : pathToFileURL(resolve(folder, path)).href;
};

const orUndefined = (value: number | 'none'): number | undefined => (value === 'none' ? undefined : value);

const settingsFrom = (values: CompleteValues, folder: string): Settings => {
  const dataFolder = resolve(folder, values.data);
  return {
    name: values.name,
    dataFolder,
    spoolFolder: values.spool === undefined ? join(dataFolder, 'spool') : resolve(folder, values.spool),
    dicom: dicomSettingsFrom(values, folder),
    http: {
      host: values.httpHost,
      port: values.httpPort,
      apiToken: values.apiToken,
      userHeader: values.userHeader,
    },
    databaseUrl: values.databaseUrl,
    databasePort: values.databasePort,
    bus: values.bus,
    objects: objectsUrl(values.objects, folder, dataFolder),
    identity: identitySettingsFrom(values, folder, dataFolder),
    stateMemory: values.stateMemory,
    processing: { outputs: values.jobOutputs, outputBytes: values.jobOutputBytes },
    containers: containersSettingsFrom(values, folder, dataFolder),
    acknowledge: values.acknowledge,
    sealKeyFile: values.sealKeyFile === undefined ? undefined : resolve(folder, values.sealKeyFile),
    archive: {
      segmentEvents: values.segmentEvents,
      afterDays: orUndefined(values.archiveAfterDays),
      detachAfterDays: orUndefined(values.detachAfterDays),
      dropAfterDays: orUndefined(values.dropAfterDays),
    },
    reapAfterHours: orUndefined(values.reapAfterHours),
    auditMessages: auditMessageSettingsFrom(values, folder),
    vault: vaultSettingsFrom(values, folder),
    drainSeconds: values.drainSeconds,
    log: { level: values.logLevel, format: values.logFormat },
  };
};

/**
 * Reads the settings: environment variables over the file over the defaults. Relative paths count from `folder`.
 *
 * Throws `settings.invalid`, which names everything that is wrong, and `settings.token-needed` where HTTP would be open to
 * others without a token.
 */
export const loadSettings = (from: { readonly env: Environment; readonly folder: string }): Settings => {
  const problems: SettingsProblem[] = [];
  const file = readSettingsFile(from.env, from.folder, problems);
  const environment = readEnvironment(from.env, problems);
  if (problems.length > 0) refuse(problems);
  const values = { ...defaults(), ...withBind(file), ...withBind(environment) } as CompleteValues;
  const disagreements = [
    ...checkDicom(values),
    ...checkArchive(values),
    ...checkIdentity(values),
    ...checkAuditMessages(values),
    ...checkVault(values),
  ];
  if (disagreements.length > 0) refuse(disagreements);
  if (!isLoopback(values.httpHost) && values.apiToken === undefined)
    throw new CodedError(
      'settings.token-needed',
      `HTTP would listen on ${values.httpHost}, open to others than this machine: expected a token in WAYSTATION_API_TOKEN ` +
        '(http.apiToken), or a loopback address in WAYSTATION_HTTP_HOST (http.host)',
    );
  return settingsFrom(values, from.folder);
};
