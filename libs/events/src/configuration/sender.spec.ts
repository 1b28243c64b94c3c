import { describe, expect, it } from 'vitest';
import { Sender } from './sender.js';

const fingerprint256 = Array.from({ length: 32 }, () => 'AB').join(':');

describe('Sender', () => {
  it('need show nothing where nothing is said', () => {
    expect(Sender.parse({ aeTitle: 'CT1' })).toEqual({ aeTitle: 'CT1', certificates: [] });
  });

  it.each([
    [{ commonName: 'ct1.hospital.example' }],
    [{ subjectAltName: 'DNS:ct1.hospital.example' }],
    [{ subjectAltName: 'IP Address:10.0.0.7' }],
    [{ fingerprint256 }],
    [{ fingerprint256: fingerprint256.replaceAll(':', '').toLowerCase(), commonName: 'CT1' }],
  ])('may have to show the certificate %j', (match) => {
    expect(Sender.parse({ aeTitle: 'CT1', certificates: [match] }).certificates).toEqual([match]);
  });

  it.each([
    ['a certificate of which nothing is said', { certificates: [{}] }],
    ['an alternative name without its kind', { certificates: [{ subjectAltName: 'ct1.hospital.example' }] }],
    ['two alternative names in one', { certificates: [{ subjectAltName: 'DNS:a, DNS:b' }] }],
    ['a passcode in clear', { user: { name: 'ct1', passcode: 'secret' } }],
    ['a passcode file that depends on where ingest was started', { user: { name: 'ct1', passcodeFile: 'ct1.txt' } }],
    ['no AE title', { aeTitle: '' }],
  ])('refuses %s', (_what, more) => {
    expect(Sender.safeParse({ aeTitle: 'CT1', ...more }).success).toBe(false);
  });
});
