import { randomBytes, randomUUID } from 'node:crypto';
import { KEY_BYTES } from '../cipher/aes-gcm.js';
import { derive } from '../cipher/derive.js';

/** The key of one patient. */
export class DataKey {
  /** Encrypts. */
  readonly encryption: Buffer;
  /** Makes initialization vectors. */
  readonly vectors: Buffer;

  /** @param secret 32 random bytes, from which everything is derived */
  constructor(
    readonly id: string,
    readonly secret: Buffer,
  ) {
    this.encryption = derive(secret, 'identity sealing');
    this.vectors = derive(secret, 'identity vectors');
  }

  static random(): DataKey {
    return new DataKey(randomUUID(), randomBytes(KEY_BYTES));
  }
}
