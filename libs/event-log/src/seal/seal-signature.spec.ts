import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSignedBy, publicKeyFrom, publicKeyText, signingKeyFrom } from './seal-signature.js';

const pemOf = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const seal = 'ab'.repeat(32);

/** The first test vector of RFC 8032, section 7.1, as PKCS#8 (RFC 8410, section 7). */
const rfc8032 = `-----BEGIN PRIVATE KEY-----
${Buffer.from(`302e020100300506032b657004220420${'9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'}`, 'hex').toString('base64')}
-----END PRIVATE KEY-----`;

describe('A signed seal', () => {
  it('is known by the public key, in PEM and as the log has it', () => {
    const pem = pemOf();
    const key = signingKeyFrom(pem);
    const signature = key.sign(seal);
    expect(signature.key).toBe(key.publicKey);
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'pem' }) as string;
    for (const publicKey of [publicKeyFrom(key.publicKey), publicKeyFrom(spki)]) {
      expect(publicKeyText(publicKey)).toBe(key.publicKey);
      expect(isSignedBy(publicKey, seal, signature)).toBe(true);
      expect(isSignedBy(publicKey, 'ac'.repeat(32), signature)).toBe(false);
    }
  });

  it('is not known by another key', () => {
    const other = signingKeyFrom(pemOf());
    const signature = signingKeyFrom(pemOf()).sign(seal);
    expect(isSignedBy(publicKeyFrom(other.publicKey), seal, signature)).toBe(false);
  });

  it('has the public key of RFC 8032 for its private key', () => {
    const der = Buffer.from(signingKeyFrom(rfc8032).publicKey, 'base64');
    expect(der.subarray(-32).toString('hex')).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  });
});

describe('A key', () => {
  it('of another kind is refused with what it is', () => {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(() => signingKeyFrom(pem)).toThrow('the private key is of type x25519, expected ed25519');
    const spki = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    expect(() => publicKeyFrom(spki)).toThrow('the public key is of type x25519, expected ed25519');
  });

  it.each(['', 'nonsense', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'])(
    'that is none is refused: %j',
    (text) => {
      const refusal = expect.objectContaining({ code: 'log.signing-key-invalid' }) as Error;
      expect(() => signingKeyFrom(text)).toThrow(refusal);
      expect(() => publicKeyFrom(text)).toThrow(refusal);
    },
  );
});
