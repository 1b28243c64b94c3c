import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestAuthority, type TestCertificate } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CredentialFiles, readCredentials } from './read-credentials.js';

let authority: TestAuthority;
let own: TestCertificate;
let other: TestCertificate;
let expired: TestCertificate;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-credentials-'));
  authority = await TestAuthority.create();
  own = await authority.issue('own');
  other = await authority.issue('other');
  expired = await authority.issue('expired', 'DNS:localhost', -1);
});
afterAll(() => Promise.all([authority.remove(), rm(folder, { recursive: true })]));

const filesOf = ({ certificatePath, keyPath }: TestCertificate): CredentialFiles => ({
  certificateFile: certificatePath,
  keyFile: keyPath,
});
const written = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};
const refused = (part: keyof CredentialFiles, ...words: readonly string[]) =>
  expect.objectContaining({
    code: 'dicom-network.tls-invalid',
    details: { part },
    message: expect.stringMatching(new RegExp(words.join('.*'))) as string,
  });

describe('readCredentials', () => {
  it('reads what TLS needs, and when it expires', async () => {
    const read = await readCredentials({ ...filesOf(own), caFile: authority.path });
    expect(read.certificate?.toString()).toBe(own.certificate);
    expect(read.key?.toString()).toBe(own.key);
    expect(read.ca?.toString()).toBe(authority.pem);
    expect(Date.parse(read.expiresAt ?? '')).toBe(Date.parse(new X509Certificate(own.certificate).validTo));
  });

  it('reads as little as it is told', async () => {
    expect(await readCredentials({})).toEqual({});
    expect(Object.keys(await readCredentials({ caFile: authority.path }))).toEqual(['ca']);
  });

  it('opens a key with the passphrase of a file', async () => {
    const keyFile = join(folder, 'encrypted.key');
    const args = ['pkey', '-in', own.keyPath, '-aes256', '-passout', 'pass:open sesame', '-out', keyFile];
    await promisify(execFile)('openssl', args);
    const files = { ...filesOf(own), keyFile };
    const keyPassphraseFile = await written('passphrase', 'open sesame\n');
    expect((await readCredentials({ ...files, keyPassphraseFile })).passphrase).toBe('open sesame');
    await expect(readCredentials(files)).rejects.toEqual(refused('keyFile', keyFile, 'cannot|can be used'));
    const wrong = { ...files, keyPassphraseFile: await written('wrong', 'sesame') };
    await expect(readCredentials(wrong)).rejects.toEqual(refused('keyFile', 'with the passphrase given'));
  });

  it.each(['certificateFile', 'keyFile', 'keyPassphraseFile', 'caFile'] as const)(
    'names a %s that is missing',
    (part) =>
      expect(readCredentials({ ...filesOf(own), [part]: '/nowhere/x.pem' })).rejects.toEqual(
        refused(part, '/nowhere/x.pem cannot be read', 'ENOENT'),
      ),
  );

  it.each([
    ['certificateFile', 'holds no certificate in PEM'],
    ['keyFile', 'holds no private key in PEM'],
    ['caFile', 'holds no certificate in PEM'],
  ] as const)('names a %s that is something else', async (part, words) => {
    const path = await written('nonsense.pem', 'nonsense');
    await expect(readCredentials({ ...filesOf(own), [part]: path })).rejects.toEqual(refused(part, path, words));
  });

  it('does not take the key of another certificate', () =>
    expect(readCredentials({ ...filesOf(own), keyFile: other.keyPath })).rejects.toEqual(
      refused('keyFile', other.keyPath, 'holds another key', own.certificatePath),
    ));

  it('does not take a certificate that has expired', () =>
    expect(readCredentials(filesOf(expired))).rejects.toEqual(
      refused('certificateFile', expired.certificatePath, 'has expired on \\d{4}-'),
    ));

  it('is content with one authority that is valid among others', async () => {
    const old = await readFile(expired.certificatePath, 'utf8');
    const mixed = await written('mixed.pem', `# two authorities\n${old}${authority.pem}`);
    expect(Object.keys(await readCredentials({ caFile: mixed }))).toEqual(['ca']);
    const alone = await written('alone.pem', old);
    await expect(readCredentials({ caFile: alone })).rejects.toEqual(refused('caFile', alone, 'has expired'));
  });

  it('does not take a certificate without its key', () =>
    expect(readCredentials({ certificateFile: own.certificatePath })).rejects.toMatchObject({
      code: 'dicom-network.tls-invalid',
    }));
});
