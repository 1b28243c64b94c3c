import type { DicomTlsSettings } from '@waystation/configuration';
import { TestAuthority, type TestCertificate } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readServerTls } from './read-server-tls.js';

let authority: TestAuthority;
let own: TestCertificate;
let other: TestCertificate;
let expired: TestCertificate;
beforeAll(async () => {
  authority = await TestAuthority.create();
  own = await authority.issue('own');
  other = await authority.issue('other');
  expired = await authority.issue('expired', 'DNS:localhost', -1);
});
afterAll(() => authority.remove());

const settings = (more: Partial<DicomTlsSettings> = {}): DicomTlsSettings => ({
  port: 0,
  certificateFile: own.certificatePath,
  keyFile: own.keyPath,
  keyPassphraseFile: undefined,
  caFile: authority.path,
  clientCertificates: 'require',
  ...more,
});

describe('readServerTls', () => {
  it.each([
    ['require', 'required'],
    ['request', 'optional'],
    ['none', 'none'],
  ] as const)('reads the files of the settings; callers are to %s a certificate', async (clientCertificates, asked) => {
    const { tls, expiresAt } = await readServerTls(settings({ clientCertificates }), 5000);
    expect(tls).toMatchObject({ clientCertificates: asked, handshakeTimeoutMs: 5000 });
    expect([tls.certificate, tls.key, tls.ca].map(String)).toEqual([own.certificate, own.key, authority.pem]);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
  });

  it.each([
    ['KEY_FILE', () => ({ keyFile: '/nowhere/own.key' }), '/nowhere/own.key cannot be read'],
    ['KEY_FILE', () => ({ keyFile: other.keyPath }), 'another key than that of the certificate'],
    ['KEY_PASSPHRASE_FILE', () => ({ keyPassphraseFile: '/nowhere/passphrase' }), 'cannot be read'],
    ['CERTIFICATE_FILE', () => ({ certificateFile: own.keyPath }), 'holds no certificate'],
    ['CERTIFICATE_FILE', () => ({ certificateFile: expired.certificatePath }), 'has expired on'],
    ['CA_FILE', () => ({ caFile: '/nowhere/ca.pem' }), 'cannot be read'],
  ])('names %s where it cannot be used, and says why', async (variable, more, reason) => {
    await expect(readServerTls(settings(more()), 5000)).rejects.toMatchObject({
      code: 'ingest.tls-unusable',
      message: expect.stringMatching(
        new RegExp(`^setting dicom\\.tls\\.\\w+ \\(WAYSTATION_DICOM_TLS_${variable}\\): .*${reason}`),
      ) as string,
    });
  });
});
