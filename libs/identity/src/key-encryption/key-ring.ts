import { CodedError } from '@waystation/kernel';
import type { KeyEncryption } from './key-encryption.js';

/** A key as it lies in the database. */
export interface WrappedKey {
  readonly wrapped: Buffer;
  /** What it is wrapped by. */
  readonly kekId: string;
}

/** The key-encryption key, and while keys are being rewrapped the one before it. */
export class KeyRing {
  constructor(
    readonly current: KeyEncryption,
    readonly previous?: KeyEncryption,
  ) {}

  /** Ids of what can be unwrapped by. */
  get ids(): readonly string[] {
    return this.previous === undefined ? [this.current.id] : [this.current.id, this.previous.id];
  }

  async wrap(key: Buffer, context: string): Promise<WrappedKey> {
    return { wrapped: await this.current.wrap(key, context), kekId: this.current.id };
  }

  /** @throws CodedError `identity.wrong-key` where it is wrapped by a key that is not here, `identity.damaged` */
  async unwrap({ wrapped, kekId }: WrappedKey, context: string): Promise<Buffer> {
    const by = [this.current, this.previous].find((encryption) => encryption?.id === kekId);
    if (by !== undefined) return by.unwrap(wrapped, context);
    const message = `key ${context} is wrapped by key ${kekId}; at hand: ${this.ids.join(' and ')}`;
    throw new CodedError('identity.wrong-key', message);
  }
}
