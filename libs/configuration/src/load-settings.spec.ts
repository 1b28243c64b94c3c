import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { settingsFolder } from '../test/settings-folder.js';

const { load, refusal, at } = settingsFolder();

describe('loadSettings', () => {
  it('needs nothing to be said', () => {
    expect(load()).toEqual({
      name: 'main',
      dataFolder: at('data'),
      spoolFolder: at('data', 'spool'),
      dicom: {
        host: '127.0.0.1',
        port: 11112,
        aeTitle: 'WAYSTATION',
        acceptCalledAeTitles: ['WAYSTATION'],
        acceptCallingAeTitles: '*',
        maxAssociations: 64,
        maxAssociationsPerCaller: 64,
        maxAssociationsPerAddress: 64,
        maxObjectBytes: 4_294_967_296,
        minimumRate: 0,
        maximumPduLength: 131_072,
        artimSeconds: 10,
        idleSeconds: 60,
        operationsWindow: 1,
        receivers: 1,
      },
      http: { host: '127.0.0.1', port: 8080, apiToken: undefined },
      databaseUrl: 'embedded',
      databasePort: 0,
      bus: 'embedded',
      objects: pathToFileURL(at('data', 'objects')).href,
      identity: { key: { file: at('data', 'identity.key'), inDataFolder: true } },
      processing: { outputs: 10_000, outputBytes: 21_474_836_480 },
      containers: {
        engine: 'unix:///var/run/docker.sock',
        folder: at('data', 'containers'),
        binds: [],
        root: 'refuse',
      },
      acknowledge: 'stored',
      sealKeyFile: undefined,
      archive: {
        segmentEvents: 10_000_000,
        afterDays: undefined,
        detachAfterDays: undefined,
        dropAfterDays: undefined,
      },
      reapAfterHours: 24,
      stateMemory: 134_217_728,
      drainSeconds: 30,
      log: { level: 'info', format: 'text' },
    });
  });

  const full = {
    name: 'north',
    data: '/var/lib/waystation',
    spool: 'spool',
    dicom: {
      host: '10.0.0.1',
      port: 104,
      aeTitle: 'NORTH',
      acceptCalledAeTitles: ['NORTH', 'OLD_NORTH'],
      acceptCallingAeTitles: ['CT1'],
      maxAssociations: 8,
      maxAssociationsPerCaller: 4,
      maxAssociationsPerAddress: 2,
      maxObjectBytes: 1024,
      minimumRate: 1000,
      maximumPduLength: 16_384,
      artimSeconds: 1.5,
      idleSeconds: 20,
      operationsWindow: 8,
      receivers: 2,
      tls: {
        port: 2762,
        certificateFile: '/etc/waystation/own.pem',
        keyFile: '/etc/waystation/own.key',
        keyPassphraseFile: 'passphrase',
        caFile: 'ca.pem',
        clientCertificates: 'request',
      },
    },
    http: { host: '10.0.0.2', port: 80, apiToken: 'token-of-the-file' },
    database: { url: 'postgres://user:pw@db/waystation', port: 5433 },
    bus: 'amqp://user:pw@mq/',
    objects: 's3://key:secret@s3:9000/images',
    identity: { keyFile: 'identity.key', previousKey: 'previous-key-of-the-file' },
    processing: { outputs: 500, outputBytes: 1_000_000 },
    containers: { engine: 'unix:///run/podman.sock', folder: '/jobs', binds: ['/models'], root: 'allow' },
    acknowledge: 'spooled',
    seal: { keyFile: 'seal.pem' },
    archive: { segmentEvents: 1_000_000, afterDays: 30, detachAfterDays: 90, dropAfterDays: 365 },
    reapAfterHours: 48,
    stateMemory: 67_108_864,
    drainSeconds: 0,
    log: { level: 'debug', format: 'json' },
  };

  it('reads every setting from the file', () => {
    const { data, spool, database, dicom, seal, ...rest } = full;
    const files = { keyPassphraseFile: at('passphrase'), caFile: at('ca.pem') };
    expect(load({}, full)).toEqual({
      ...rest,
      dicom: { ...dicom, tls: { ...dicom.tls, ...files } },
      identity: {
        key: { file: at('identity.key'), inDataFolder: false },
        previousKey: { text: 'previous-key-of-the-file' },
      },
      sealKeyFile: at(seal.keyFile),
      dataFolder: data,
      spoolFolder: at(spool),
      databaseUrl: database.url,
      databasePort: database.port,
    });
  });

  it('reads every setting from the environment, which wins over the file', () => {
    const env = {
      WAYSTATION_NAME: 'south',
      WAYSTATION_DATA: 'here',
      WAYSTATION_SPOOL: '/spool',
      WAYSTATION_DICOM_HOST: '::1',
      WAYSTATION_DICOM_PORT: '0',
      WAYSTATION_DICOM_AE_TITLE: ' SOUTH ',
      WAYSTATION_ACCEPT_CALLED_AE: '*',
      WAYSTATION_ACCEPT_CALLING_AE: 'MR1, MR2',
      WAYSTATION_MAX_ASSOCIATIONS: '9',
      WAYSTATION_MAX_ASSOCIATIONS_PER_CALLER: '5',
      WAYSTATION_MAX_ASSOCIATIONS_PER_ADDRESS: '3',
      WAYSTATION_MAX_OBJECT_BYTES: '2048',
      WAYSTATION_MINIMUM_RATE: '2000',
      WAYSTATION_MAXIMUM_PDU_LENGTH: '65536',
      WAYSTATION_ARTIM_SECONDS: '2',
      WAYSTATION_IDLE_SECONDS: '30.5',
      WAYSTATION_OPERATIONS_WINDOW: '4',
      WAYSTATION_DICOM_TLS_PORT: '0',
      WAYSTATION_DICOM_TLS_CERTIFICATE_FILE: 'own.pem',
      WAYSTATION_DICOM_TLS_KEY_FILE: 'own.key',
      WAYSTATION_DICOM_TLS_KEY_PASSPHRASE_FILE: '/run/secrets/passphrase',
      WAYSTATION_DICOM_TLS_CA_FILE: '/etc/ca.pem',
      WAYSTATION_DICOM_TLS_CLIENT_CERTIFICATES: 'none',
      WAYSTATION_RECEIVERS: '3',
      WAYSTATION_HTTP_HOST: 'localhost',
      WAYSTATION_HTTP_PORT: '81',
      WAYSTATION_API_TOKEN: 'token-of-the-environment',
      WAYSTATION_DATABASE_URL: 'postgresql://other/db',
      WAYSTATION_DATABASE_PORT: '5434',
      WAYSTATION_BUS: 'amqps://other',
      WAYSTATION_OBJECTS: 'file:elsewhere',
      WAYSTATION_IDENTITY_KEY: 'key-of-the-environment',
      WAYSTATION_IDENTITY_PREVIOUS_KEY_FILE: '/run/secrets/previous.key',
      WAYSTATION_PROCESSING_OUTPUTS: '600',
      WAYSTATION_PROCESSING_OUTPUT_BYTES: '2000000',
      WAYSTATION_CONTAINERS_ENGINE: 'http://engine:2375',
      WAYSTATION_CONTAINERS_FOLDER: 'jobs',
      WAYSTATION_CONTAINERS_BINDS: '/atlas, /models/ct',
      WAYSTATION_CONTAINERS_ROOT: 'refuse',
      WAYSTATION_ACKNOWLEDGE: 'stored',
      WAYSTATION_SEAL_KEY_FILE: '/run/secrets/seal.pem',
      WAYSTATION_SEGMENT_EVENTS: '100',
      WAYSTATION_REAP_AFTER_HOURS: 'none',
      WAYSTATION_ARCHIVE_AFTER_DAYS: '31',
      WAYSTATION_ARCHIVE_DETACH_AFTER_DAYS: '91',
      WAYSTATION_ARCHIVE_DROP_AFTER_DAYS: 'none',
      WAYSTATION_STATE_MEMORY: '1048576',
      WAYSTATION_DRAIN_SECONDS: '0.5',
      WAYSTATION_LOG_LEVEL: 'error',
      WAYSTATION_LOG_FORMAT: 'text',
    };
    const { identity: _left, ...file } = full;
    expect(load(env, file)).toEqual({
      name: 'south',
      dataFolder: at('here'),
      spoolFolder: '/spool',
      dicom: {
        host: '::1',
        port: 0,
        aeTitle: 'SOUTH',
        acceptCalledAeTitles: '*',
        acceptCallingAeTitles: ['MR1', 'MR2'],
        maxAssociations: 9,
        maxAssociationsPerCaller: 5,
        maxAssociationsPerAddress: 3,
        maxObjectBytes: 2048,
        minimumRate: 2000,
        maximumPduLength: 65_536,
        artimSeconds: 2,
        idleSeconds: 30.5,
        operationsWindow: 4,
        receivers: 3,
        tls: {
          port: 0,
          certificateFile: at('own.pem'),
          keyFile: at('own.key'),
          keyPassphraseFile: '/run/secrets/passphrase',
          caFile: '/etc/ca.pem',
          clientCertificates: 'none',
        },
      },
      http: { host: 'localhost', port: 81, apiToken: 'token-of-the-environment' },
      databaseUrl: 'postgresql://other/db',
      databasePort: 5434,
      bus: 'amqps://other',
      objects: pathToFileURL(at('elsewhere')).href,
      identity: {
        key: { text: 'key-of-the-environment' },
        previousKey: { file: '/run/secrets/previous.key', inDataFolder: false },
      },
      processing: { outputs: 600, outputBytes: 2_000_000 },
      containers: {
        engine: 'http://engine:2375',
        folder: at('jobs'),
        binds: ['/atlas', '/models/ct'],
        root: 'refuse',
      },
      acknowledge: 'stored',
      sealKeyFile: '/run/secrets/seal.pem',
      archive: { segmentEvents: 100, afterDays: 31, detachAfterDays: 91, dropAfterDays: undefined },
      reapAfterHours: undefined,
      stateMemory: 1_048_576,
      drainSeconds: 0.5,
      log: { level: 'error', format: 'text' },
    });
  });

  it('reads the file that WAYSTATION_CONFIG names, and insists on it', () => {
    writeFileSync(at('other.json'), '{ "name": "other" }');
    expect(load({ WAYSTATION_CONFIG: 'other.json' }, { name: 'usual' }).name).toBe('other');
    expect(refusal({ WAYSTATION_CONFIG: 'absent.json' })).toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining(at('absent.json')) as string,
    });
  });

  it('lets a variable that is empty count as absent', () => {
    expect(load({ WAYSTATION_NAME: '', WAYSTATION_CONFIG: '', WAYSTATION_API_TOKEN: '' }).name).toBe('main');
  });

  it('accepts its own AE title as called where nothing else is said', () => {
    expect(load({ WAYSTATION_DICOM_AE_TITLE: 'NORTH' }).dicom.acceptCalledAeTitles).toEqual(['NORTH']);
  });
});
