import { describe, expect, it } from 'vitest';
import { TargetTls } from './target-tls.js';

const own = { certificateFile: '/etc/waystation/own.pem', keyFile: '/etc/waystation/own.key' };

describe('TLS of a target', () => {
  it('asks for a certificate for the name of the target where nothing is said', () => {
    expect(TargetTls.parse({})).toEqual({ verify: 'name' });
  });

  it('takes files by their paths', () => {
    const files = { ...own, caFile: '/etc/waystation/ca.pem', keyPassphraseFile: '/run/secrets/passphrase' };
    expect(TargetTls.parse(files)).toEqual({ ...files, verify: 'name' });
  });

  it.each([
    ['a certificate without its key', { certificateFile: own.certificateFile }],
    ['a key without its certificate', { keyFile: own.keyFile }],
    ['a path that depends on where dispatch was started', { ...own, caFile: 'ca.pem' }],
    ['the key itself', { ...own, keyFile: '-----BEGIN PRIVATE KEY-----' }],
    ['a fingerprint of another hash', { fingerprint256: 'AA:BB' }],
    ['a way to verify that there is not', { verify: 'sometimes' }],
  ])('refuses %s', (_what, tls) => {
    expect(TargetTls.safeParse(tls).success).toBe(false);
  });
});
