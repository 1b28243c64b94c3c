import { createCipheriv, createDecipheriv } from 'node:crypto';

const CIPHER = 'aes-256-gcm';

/** Bytes of a key. */
export const KEY_BYTES = 32;
/** Bytes of an initialization vector (NIST SP 800-38D, 5.2.1.1). */
export const IV_BYTES = 12;
/** Bytes of an authentication tag. */
export const TAG_BYTES = 16;

export interface Encrypted {
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** Encrypts and authenticates. @param place authenticated with it: it decrypts nowhere else */
export const encrypt = (key: Buffer, iv: Buffer, place: string, plaintext: Buffer): Encrypted => {
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { ciphertext, tag: cipher.getAuthTag() };
};

/** The plaintext; undefined where anything is not as it was encrypted: key, place or a single bit. */
export const decrypt = (key: Buffer, iv: Buffer, place: string, { ciphertext, tag }: Encrypted): Buffer | undefined => {
  try {
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
};
