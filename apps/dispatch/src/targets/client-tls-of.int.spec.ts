import { DicomTarget } from '@waystation/events';
import { TestAuthority, type TestCertificate } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientTlsOf } from './client-tls-of.js';

let authority: TestAuthority;
let own: TestCertificate;
let expired: TestCertificate;
beforeAll(async () => {
  authority = await TestAuthority.create();
  own = await authority.issue('dispatch');
  expired = await authority.issue('expired', 'DNS:localhost', -1);
});
afterAll(() => authority.remove());

const target = (tls?: object): DicomTarget =>
  DicomTarget.parse({ name: 'pacs', kind: 'dicom', host: 'pacs', port: 104, calledAeTitle: 'PACS', tls });
const filesOf = ({ certificatePath, keyPath }: TestCertificate) => ({
  certificateFile: certificatePath,
  keyFile: keyPath,
});

describe('clientTlsOf', () => {
  it('has nothing for a target that is called without TLS', async () => {
    expect(await clientTlsOf(target())).toBeUndefined();
  });

  it('reads the files of the target, and takes the rest as it is', async () => {
    const asked = { serverName: 'pacs.example', verify: 'chain', fingerprint256: 'AB'.repeat(32) };
    const tls = await clientTlsOf(target({ ...filesOf(own), caFile: authority.path, ...asked }));
    expect(tls).toMatchObject(asked);
    expect([tls?.certificate, tls?.key, tls?.ca].map(String)).toEqual([own.certificate, own.key, authority.pem]);
  });

  it.each([
    ['keyFile', () => ({ ...filesOf(own), keyFile: '/nowhere/key.pem' }), '/nowhere/key.pem cannot be read'],
    ['keyFile', () => ({ ...filesOf(own), keyFile: expired.keyPath }), 'another key'],
    ['certificateFile', () => filesOf(expired), 'has expired'],
    ['caFile', () => ({ caFile: own.keyPath }), 'holds no certificate'],
  ])('names %s where it cannot be used', async (part, files, reason) => {
    await expect(clientTlsOf(target(files()))).rejects.toMatchObject({
      code: 'dispatch.tls-unusable',
      message: expect.stringMatching(new RegExp(`^targets\\.pacs\\.tls\\.${part}: .*${reason}`)) as string,
    });
  });
});
