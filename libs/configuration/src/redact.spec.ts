import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideUrlSecrets } from './hide-secrets.js';
import { loadSettings } from './load-settings.js';
import { redact } from './redact.js';

describe('redact', () => {
  it('hides the token and passwords, and nothing else', () => {
    const env = {
      WAYSTATION_API_TOKEN: 'hush',
      WAYSTATION_DATABASE_URL: 'postgres://user:hush@db:5432/way?sslmode=require&sslpassword=hush',
      WAYSTATION_BUS: 'amqps://user:hush@mq/vhost',
      WAYSTATION_OBJECTS: 's3://key:hush@s3:9000/images?tls=false',
      WAYSTATION_IDENTITY_KEY: 'hush',
      WAYSTATION_IDENTITY_PREVIOUS_KEY_FILE: '/run/secrets/previous.key',
    };
    const settings = loadSettings({ env, folder: '/nowhere' });
    expect(redact(settings)).toEqual({
      ...settings,
      http: { ...settings.http, apiToken: '***' },
      databaseUrl: 'postgres://user:***@db:5432/way?sslmode=require&sslpassword=***',
      bus: 'amqps://user:***@mq/vhost',
      objects: 's3://key:***@s3:9000/images?tls=false',
      identity: { ...settings.identity, key: { text: '***' } },
    });
  });

  it('leaves what holds no secret as it is', () => {
    const settings = loadSettings({ env: {}, folder: '/nowhere' });
    expect(redact(settings)).toEqual(settings);
  });
});

describe('hideUrlSecrets', () => {
  it('lets no password through, however it is written', () => {
    const password = fc.string({ unit: fc.constantFrom('@', ':', '/', '?', '#', '%', ' ', 'x'), minLength: 1 });
    fc.assert(
      fc.property(password, (text) => {
        expect(hideUrlSecrets(`amqp://user:hush${text}hush@host/path`)).toBe('amqp://user:***@host/path');
      }),
    );
  });
});
