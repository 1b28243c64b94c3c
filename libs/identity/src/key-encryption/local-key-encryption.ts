import { randomBytes } from 'node:crypto';
import { CodedError } from '@waystation/kernel';
import { decrypt, encrypt, IV_BYTES, TAG_BYTES } from '../cipher/aes-gcm.js';
import { derive } from '../cipher/derive.js';
import type { KeyEncryption } from './key-encryption.js';

/** Wraps with a key of 32 bytes that this process holds: initialization vector, tag, ciphertext. */
export class LocalKeyEncryption implements KeyEncryption {
  readonly id: string;
  private readonly key: Buffer;

  constructor(secret: Buffer) {
    this.id = derive(secret, 'identity key id', 8).toString('hex');
    this.key = derive(secret, 'identity key wrapping');
  }

  wrap(key: Buffer, context: string): Promise<Buffer> {
    const iv = randomBytes(IV_BYTES);
    const { ciphertext, tag } = encrypt(this.key, iv, context, key);
    return Promise.resolve(Buffer.concat([iv, tag, ciphertext]));
  }

  unwrap(wrapped: Buffer, context: string): Promise<Buffer> {
    const iv = wrapped.subarray(0, IV_BYTES);
    const tag = wrapped.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
    const key = decrypt(this.key, iv, context, { ciphertext: wrapped.subarray(IV_BYTES + TAG_BYTES), tag });
    if (key !== undefined) return Promise.resolve(key);
    const message = `key ${context} was wrapped by key ${this.id} and does not unwrap with it: its row was changed`;
    return Promise.reject(new CodedError('identity.damaged', message));
  }
}
