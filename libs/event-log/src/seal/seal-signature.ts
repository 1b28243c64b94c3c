import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { CodedError, messageOf } from '@waystation/kernel';
import type { Seal } from './seal-hash.js';

export type SealSignature = NonNullable<Seal['signature']>;

/** An Ed25519 key that seals are signed with. */
export interface SigningKey {
  /** See {@link publicKeyText}. */
  readonly publicKey: string;
  sign(seal: string): SealSignature;
}

/** What is signed: no other signature of the key can be taken for one of a seal. */
const messageOfSeal = (seal: string): Buffer => Buffer.from(`waystation seal v1\n${seal}\n`, 'ascii');

const assertEd25519 = (key: KeyObject, what: string): KeyObject => {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new CodedError('log.signing-key-invalid', `${what} is of type ${key.asymmetricKeyType}, expected ed25519`);
};

const parsed = (what: string, parse: () => KeyObject): KeyObject => {
  try {
    return assertEd25519(parse(), what);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('log.signing-key-invalid', `${what} cannot be read: ${messageOf(error)}`, { cause: error });
  }
};

/** A public key as the log has it: SubjectPublicKeyInfo in DER (RFC 8410), Base64. */
export const publicKeyText = (publicKey: KeyObject): string =>
  publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** Reads a private key that seals are to be signed with. @param pem PKCS#8 @throws log.signing-key-invalid */
export const signingKeyFrom = (pem: string): SigningKey => {
  const privateKey = parsed('the private key', () => createPrivateKey(pem));
  const publicKey = publicKeyText(createPublicKey(privateKey));
  return {
    publicKey,
    sign: (seal) => ({ key: publicKey, value: sign(null, messageOfSeal(seal), privateKey).toString('base64') }),
  };
};

/** Reads a public key: PEM, or Base64 of the DER as the log has it. @throws log.signing-key-invalid */
export const publicKeyFrom = (text: string): KeyObject =>
  parsed('the public key', () =>
    text.includes('-----BEGIN')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), type: 'spki', format: 'der' }),
  );

/**
 * Whether a seal was signed by the owner of a key: Ed25519 (RFC 8032) over `waystation seal v1`, LF, the seal in lower-case
 * hexadecimal, LF.
 */
export const isSignedBy = (publicKey: KeyObject, seal: string, { value }: SealSignature): boolean =>
  verify(null, messageOfSeal(seal), publicKey, Buffer.from(value, 'base64'));
