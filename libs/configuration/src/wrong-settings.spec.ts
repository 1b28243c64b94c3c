import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsFolder } from '../test/settings-folder.js';

const { load, refusal, at } = settingsFolder();

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
    ['WAYSTATION_DICOM_TLS_PORT', 'never', 'dicom.tls.port', '`none` or a port number'],
    ['WAYSTATION_DICOM_TLS_CLIENT_CERTIFICATES', 'maybe', 'dicom.tls.clientCertificates', '`require`, `request`'],
    ['WAYSTATION_MAX_OBJECT_BYTES', '4 GiB', 'dicom.maxObjectBytes', 'number of bytes from 1024'],
    ['WAYSTATION_MAXIMUM_PDU_LENGTH', '0', 'dicom.maximumPduLength', 'from 4096'],
    ['WAYSTATION_IDLE_SECONDS', '0', 'dicom.idleSeconds', 'seconds from 0.1'],
    ['WAYSTATION_OPERATIONS_WINDOW', '65', 'dicom.operationsWindow', 'from 1 to 64'],
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
    for (const part of [key, said, at('waystation.json')]) expect(error.message).toContain(part);
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
    writeFileSync(at('waystation.json'), '{ "http": { "apiToken": hush } }');
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
