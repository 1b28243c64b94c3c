import { auditMessageTable } from './audit-message-table.js';
import { containersTable } from './containers-table.js';
import { dicomTable } from './dicom-table.js';
import { identityTable } from './identity-table.js';
import { logTable } from './log-table.js';
import { processingTable } from './processing-table.js';
import { setting, type Setting } from './setting.js';
import { kind } from './setting-kinds.js';
import { vaultTable } from './vault-table.js';

/** Every setting there is. Reading, checking, hiding secrets and `docs/settings.md` follow from this table. */
export const settingsTable = {
  name: setting('name', 'NAME', kind.name, {
    doc: 'Name of the log. It is part of the source of every event; it stays the same for the life of a log.',
    fallback: 'main',
  }),
  data: setting('data', 'DATA', kind.path, {
    doc: 'Folder of everything that Waystation keeps on this machine.',
    fallback: './data',
  }),
  spool: setting('spool', 'SPOOL', kind.path, {
    doc: 'Folder of objects on their way in. Best on the device of the objects: a file is then moved, not copied.',
    otherwise: '`spool` in the data folder',
  }),
  bind: setting('bind', 'BIND', kind.host, {
    doc: 'Address that both DICOM and HTTP listen on, where `dicom.host` and `http.host` of the same source do not say otherwise.',
    otherwise: 'none',
  }),
  ...dicomTable,
  httpHost: setting('http.host', 'HTTP_HOST', kind.host, {
    doc: 'Address that HTTP listens on. Beyond this machine it needs a token.',
    fallback: '127.0.0.1',
  }),
  httpPort: setting('http.port', 'HTTP_PORT', kind.port, {
    doc: 'Port that HTTP listens on.',
    fallback: '8080',
  }),
  apiToken: setting('http.apiToken', 'API_TOKEN', kind.token, {
    doc: 'Token that HTTP requests have to show. Needed where HTTP listens on more than the loopback address.',
    otherwise: 'none',
    secret: 'value',
  }),
  userHeader: setting('http.userHeader', 'HTTP_USER_HEADER', kind.headerName, {
    doc: 'Header in which a proxy in front says who asks, such as `X-Forwarded-User`. It is believed: nobody may come past the proxy.',
    otherwise: 'none',
  }),
  databaseUrl: setting('database.url', 'DATABASE_URL', kind.databaseUrl, {
    doc: 'The Postgres of the event log. `embedded` runs one in the data folder.',
    fallback: 'embedded',
    secret: 'in-url',
  }),
  databasePort: setting('database.port', 'DATABASE_PORT', kind.port, {
    doc: 'Port of the embedded Postgres, on the loopback address.',
    fallback: '0',
  }),
  bus: setting('bus', 'BUS', kind.busUrl, {
    doc: 'The RabbitMQ that carries the news between services. `embedded` uses the event log.',
    fallback: 'embedded',
    secret: 'in-url',
  }),
  objects: setting('objects', 'OBJECTS', kind.objectsUrl, {
    doc: 'Where objects are kept: `file:FOLDER`, or `s3://ACCESS:SECRET@host:port/bucket?tls=false&region=us-east-1` with every part URL-encoded.',
    otherwise: '`objects` in the data folder',
    secret: 'in-url',
  }),
  ...identityTable,
  acknowledge: setting('acknowledge', 'ACKNOWLEDGE', kind.oneOf('stored', 'spooled'), {
    doc:
      'When a sender is told Success: when the object store has the object, or when the spool has it, from where it is moved to the object store; ' +
      'then senders do not notice that an S3 server is slow or away. A series completes only when all of its objects are in the object store. ' +
      'Objects in files are always stored at once.',
    fallback: 'stored',
  }),
  ...processingTable,
  ...containersTable,
  ...logTable,
  ...auditMessageTable,
  ...vaultTable,
  stateMemory: setting('stateMemory', 'STATE_MEMORY', kind.bytes(1_048_576, 2 ** 36), {
    doc:
      'Bytes of memory, about, for what a service remembers of series, deliveries and jobs, the last that were used; the audit service as much again. ' +
      'Whatever is not remembered is read again from the log: more where thousands of large series arrive at the same time.',
    fallback: '134217728',
  }),
  drainSeconds: setting('drainSeconds', 'DRAIN_SECONDS', kind.seconds(0, 3600), {
    doc: 'How long work under way may take to end when Waystation stops.',
    fallback: '30',
  }),
  logLevel: setting('log.level', 'LOG_LEVEL', kind.oneOf('error', 'warn', 'info', 'debug'), {
    doc: 'The least important lines that are written.',
    fallback: 'info',
  }),
  logFormat: setting('log.format', 'LOG_FORMAT', kind.oneOf('text', 'json'), {
    doc: 'Lines for people or for machines.',
    fallback: 'text',
  }),
} as const;

/** Variables that are no settings: they have no place in the file. */
export const otherVariables = [
  {
    env: 'WAYSTATION_CONFIG',
    doc: 'Path of the settings file, instead of `waystation.json` in the folder that Waystation is started in.',
  },
  { env: 'WAYSTATION_S3_ACCESS_KEY', doc: 'Access key of the object store, where its URL has none.' },
  { env: 'WAYSTATION_S3_SECRET_KEY', doc: 'Secret key of the object store, where its URL has none.' },
] as const;

export type SettingName = keyof typeof settingsTable;
type ValueOf<Row> = Row extends Setting<infer Value> ? Value : never;

/** What was read, by name in the table. */
export type SettingValues = { readonly [Name in SettingName]?: ValueOf<(typeof settingsTable)[Name]> };

/** The table as a list, for those who treat all settings alike. */
export const settings = Object.entries(settingsTable) as readonly (readonly [SettingName, Setting<unknown>])[];
