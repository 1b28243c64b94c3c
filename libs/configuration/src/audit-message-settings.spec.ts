import { describe, expect, it } from 'vitest';
import { loadSettings } from './load-settings.js';

const load = (env: Readonly<Record<string, string>>) =>
  loadSettings({
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [`WAYSTATION_AUDIT_MESSAGES_${name}`, value])),
    folder: '/nowhere',
  }).auditMessages;

describe('The settings of audit messages', () => {
  it('name no repository unless they are told to', () => {
    expect(load({})).toBeUndefined();
  });

  it.each([
    ['syslog+tls://arr.hospital.example', { transport: 'tls', host: 'arr.hospital.example', port: 6514 }],
    ['syslog+tls://10.0.0.5:7000', { transport: 'tls', host: '10.0.0.5', port: 7000 }],
    ['syslog+tcp://[::1]', { transport: 'tcp', host: '::1', port: 601 }],
    ['syslog+udp://arr', { transport: 'udp', host: 'arr', port: 514 }],
  ])('understand %s', (to, expected) => {
    expect(load({ TO: to })).toMatchObject(expected);
  });

  it('have paths that count from the folder of the settings', () => {
    const tls = { CA_FILE: 'ca.pem', CERTIFICATE_FILE: 'own.pem', KEY_FILE: '/etc/own.key', SITE_ID: 'North' };
    expect(load({ TO: 'syslog+tls://arr', ...tls })).toMatchObject({
      caFile: '/nowhere/ca.pem',
      certificateFile: '/nowhere/own.pem',
      keyFile: '/etc/own.key',
      siteId: 'North',
    });
  });

  it.each([
    ['a URL of another kind', { TO: 'https://arr' }, 'auditMessages.to'],
    ['a URL with a path', { TO: 'syslog+tls://arr/x' }, 'auditMessages.to'],
    ['files of TLS without TLS', { TO: 'syslog+tcp://arr', CA_FILE: 'ca.pem' }, 'auditMessages.caFile'],
    ['files of TLS for nobody', { KEY_FILE: 'own.key', CERTIFICATE_FILE: 'own.pem' }, 'auditMessages.keyFile'],
    ['a certificate without its key', { TO: 'syslog+tls://arr', CERTIFICATE_FILE: 'x' }, 'auditMessages.keyFile'],
    ['a key without its certificate', { TO: 'syslog+tls://arr', KEY_FILE: 'x' }, 'auditMessages.certificateFile'],
  ])('are refused with %s', (_what, env, key) => {
    expect(() => load(env)).toThrow(expect.objectContaining({ code: 'settings.invalid' }));
    expect(() => load(env)).toThrow(key);
  });
});
