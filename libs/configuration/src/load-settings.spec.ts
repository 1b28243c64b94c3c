import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';
import type { Settings } from './settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waystation-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Env = Readonly<Record<string, string>>;
const load = (env: Env = {}, file?: unknown): Settings => {
  if (file !== undefined) writeFileSync(join(folder, 'waystation.json'), JSON.stringify(file));
  return loadSettings({ env, folder });
};
const refusal = (env: Env, file?: unknown): Error => {
  try {
    load(env, file);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('was not refused');
};

describe('loadSettings', () => {
  it('needs nothing to be said', () => {
    expect(load()).toEqual({
      name: 'main',
      dataFolder: join(folder, 'data'),
      spoolFolder: join(folder, 'data', 'spool'),
      dicom: {
        host: '127.0.0.1',
        port: 11112,
        aeTitle: 'WAYSTATION',
        acceptCalledAeTitles: ['WAYSTATION'],
        acceptCallingAeTitles: '*',
        maxAssociations: 64,
        receivers: 1,
      },
      http: { host: '127.0.0.1', port: 8080, apiToken: undefined },
      databaseUrl: 'embedded',
      databasePort: 0,
      bus: 'embedded',
      objects: pathToFileURL(join(folder, 'data', 'objects')).href,
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
      receivers: 2,
    },
    http: { host: '10.0.0.2', port: 80, apiToken: 'token-of-the-file' },
    database: { url: 'postgres://user:pw@db/waystation', port: 5433 },
    bus: 'amqp://user:pw@mq/',
    objects: 's3://key:secret@s3:9000/images',
    drainSeconds: 0,
    log: { level: 'debug', format: 'json' },
  };

  it('reads every setting from the file', () => {
    const { data, spool, database, ...rest } = full;
    expect(load({}, full)).toEqual({
      ...rest,
      dataFolder: data,
      spoolFolder: join(folder, spool),
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
      WAYSTATION_RECEIVERS: '3',
      WAYSTATION_HTTP_HOST: 'localhost',
      WAYSTATION_HTTP_PORT: '81',
      WAYSTATION_API_TOKEN: 'token-of-the-environment',
      WAYSTATION_DATABASE_URL: 'postgresql://other/db',
      WAYSTATION_DATABASE_PORT: '5434',
      WAYSTATION_BUS: 'amqps://other',
      WAYSTATION_OBJECTS: 'file:elsewhere',
      WAYSTATION_DRAIN_SECONDS: '0.5',
      WAYSTATION_LOG_LEVEL: 'error',
      WAYSTATION_LOG_FORMAT: 'text',
    };
    expect(load(env, full)).toEqual({
      name: 'south',
      dataFolder: join(folder, 'here'),
      spoolFolder: '/spool',
      dicom: {
        host: '::1',
        port: 0,
        aeTitle: 'SOUTH',
        acceptCalledAeTitles: '*',
        acceptCallingAeTitles: ['MR1', 'MR2'],
        maxAssociations: 9,
        receivers: 3,
      },
      http: { host: 'localhost', port: 81, apiToken: 'token-of-the-environment' },
      databaseUrl: 'postgresql://other/db',
      databasePort: 5434,
      bus: 'amqps://other',
      objects: pathToFileURL(join(folder, 'elsewhere')).href,
      drainSeconds: 0.5,
      log: { level: 'error', format: 'text' },
    });
  });

  it('reads the file that WAYSTATION_CONFIG names, and insists on it', () => {
    writeFileSync(join(folder, 'other.json'), '{ "name": "other" }');
    expect(load({ WAYSTATION_CONFIG: 'other.json' }, { name: 'usual' }).name).toBe('other');
    expect(refusal({ WAYSTATION_CONFIG: 'absent.json' })).toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining(join(folder, 'absent.json')) as string,
    });
  });

  it('lets a variable that is empty count as absent', () => {
    expect(load({ WAYSTATION_NAME: '', WAYSTATION_CONFIG: '', WAYSTATION_API_TOKEN: '' }).name).toBe('main');
  });

  it('accepts its own AE title as called where nothing else is said', () => {
    expect(load({ WAYSTATION_DICOM_AE_TITLE: 'NORTH' }).dicom.acceptCalledAeTitles).toEqual(['NORTH']);
  });

  it('takes WAYSTATION_BIND for both hosts, over those of the file and under those of the environment', () => {
    const env = { WAYSTATION_BIND: '0.0.0.0', WAYSTATION_HTTP_HOST: '127.0.0.2' };
    const { dicom, http } = load(env, { dicom: { host: '10.0.0.1' }, http: { host: '10.0.0.2' } });
    expect([dicom.host, http.host]).toEqual(['0.0.0.0', '127.0.0.2']);
    expect(load({}, { bind: '127.0.0.3' }).http.host).toBe('127.0.0.3');
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'waystation.local', '128.0.0.1'])(
    'needs a token to listen for HTTP on %s',
    (host) => {
      expect(refusal({ WAYSTATION_HTTP_HOST: host })).toMatchObject({ code: 'settings.token-needed' });
      expect(refusal({ WAYSTATION_BIND: host })).toMatchObject({ code: 'settings.token-needed' });
      expect(load({ WAYSTATION_HTTP_HOST: host, WAYSTATION_API_TOKEN: 'secret' }).http.host).toBe(host);
    },
  );

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('needs no token to listen for HTTP on %s', (host) => {
    expect(load({ WAYSTATION_HTTP_HOST: host }).http.host).toBe(host);
  });
});

describe('settings that are wrong', () => {
  it.each([
    ['WAYSTATION_DICOM_PORT', 'abc', 'dicom.port', 'a port number'],
    ['WAYSTATION_DICOM_PORT', '65536', 'dicom.port', 'from 0 to 65535'],
    ['WAYSTATION_DICOM_PORT', '1.5', 'dicom.port', 'a port number'],
    ['WAYSTATION_DICOM_PORT', '0x10', 'dicom.port', 'a port number'],
    ['WAYSTATION_HTTP_PORT', 'tcp://10.0.0.1:8080', 'http.port', 'a port number'],
    ['WAYSTATION_DICOM_AE_TITLE', 'SEVENTEEN_LETTERS', 'dicom.aeTitle', '16 printable'],
    ['WAYSTATION_ACCEPT_CALLING_AE', 'A,,B', 'dicom.acceptCallingAeTitles', 'AE titles'],
    ['WAYSTATION_MAX_ASSOCIATIONS', '0', 'dicom.maxAssociations', 'from 1'],
    ['WAYSTATION_DATABASE_URL', 'mysql://host', 'database.url', 'postgres://'],
    ['WAYSTATION_BUS', 'kafka', 'bus', 'amqp://'],
    ['WAYSTATION_OBJECTS', '/data', 'objects', 's3://'],
    ['WAYSTATION_DRAIN_SECONDS', '-1', 'drainSeconds', 'seconds from 0'],
    ['WAYSTATION_LOG_LEVEL', 'loud', 'log.level', '`warn`'],
    ['WAYSTATION_NAME', 'a/b', 'name', 'letters'],
    ['WAYSTATION_BIND', 'not a host', 'bind', 'host name'],
  ])('names %s=%s, its setting and what is expected', (variable, value, key, expected) => {
    const error = refusal({ [variable]: value });
    expect(error).toMatchObject({ code: 'settings.invalid' });
    for (const part of [variable, value, key, expected]) expect(error.message).toContain(part);
  });

  it.each([
    [{ dicom: { port: '104' } }, 'dicom.port', '"104"'],
    [{ dicom: { port: null } }, 'dicom.port', 'null'],
    [{ dicom: 104 }, 'dicom', 'object'],
    [{ dicom: { prot: 104 } }, 'dicom.prot', 'did you mean dicom.port?'],
    [{ unheardOf: 1 }, 'unheardOf', 'is not a setting'],
    [{ quietPeriodSeconds: 5 }, 'quietPeriodSeconds', 'is not a setting'],
    [{ log: { level: {} } }, 'log.level', '{}'],
    [[], 'the file', 'object'],
  ])('names what is wrong in the file %j', (file, key, said) => {
    const error = refusal({}, file);
    expect(error).toMatchObject({ code: 'settings.invalid' });
    for (const part of [key, said, join(folder, 'waystation.json')]) expect(error.message).toContain(part);
  });

  it('are all told at once', () => {
    const error = refusal({ WAYSTATION_BUS: 'kafka' }, { dicom: { port: 'x' }, nonsense: 1 });
    for (const part of ['3 settings', 'kafka', 'dicom.port', 'nonsense']) expect(error.message).toContain(part);
    expect(error).toMatchObject({
      details: { problems: [{ key: 'nonsense' }, { key: 'dicom.port' }, { key: 'bus' }] },
    });
  });

  it('are variables that look like a slip, but not those that others set', () => {
    expect(refusal({ WAYSTATION_DICOM_PROT: '104' }).message).toContain('did you mean WAYSTATION_DICOM_PORT?');
    expect(refusal({ WAYSTATION_S3_SECRETKEY: 'x' }).message).toContain('WAYSTATION_S3_SECRET_KEY');
    const others = { WAYSTATION_SERVICE_HOST: '10.0.0.1', WAYSTATION_PORT: 'tcp://10.0.0.1:80', WAYSTATION_URL: 'x' };
    expect(load({ ...others, WAYSTATION_TEST_S3_URL: 'x', WAYSTATION_IMAGE: 'x' }).name).toBe('main');
  });

  it('are a file that is not JSON, of which nothing is told but the place', () => {
    writeFileSync(join(folder, 'waystation.json'), '{ "http": { "apiToken": hush } }');
    const error = refusal({});
    expect(error.message).toContain('is not JSON at');
    expect(error.message).not.toContain('hush');
  });

  it('never tell a secret', () => {
    const env = {
      WAYSTATION_API_TOKEN: 'has space hush',
      WAYSTATION_DATABASE_URL: 'mysql://user:hush@host',
      WAYSTATION_BUS: 'amqp//user:hush@host',
      WAYSTATION_OBJECTS: 'S3://key:hu/hush@host/bucket',
    };
    const error = refusal(env, { http: { apiToken: ['hush'] }, database: { url: { password: 'hush' } } });
    expect(error.message).toContain('6 settings');
    expect(error.message).not.toContain('hush');
    expect(JSON.stringify(error)).not.toContain('hush');
  });
});
