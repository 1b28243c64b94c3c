import type { KeyObject } from 'node:crypto';
import { hasCode } from '@waystation/kernel';
import type { LogSigningKeyChanged, RecordedEvent } from '@waystation/events';
import { isSignedBy, keyIdOf, publicKeyFrom } from '../seal/seal-signature.js';
import type { ProblemList } from './problem-list.js';
import type { SealedRange } from './sealed-ranges.js';

/**
 * Checks the signatures of seals. Seals are chained, so that a signature vouches for every seal before it, too: of keys that
 * were given from outside only the one of the last signed seal has to be among them.
 */
export class SignatureCheck {
  /** By id: those that were given, and those the log names. */
  readonly #keys = new Map<string, KeyObject>();
  /** The key that the log says its seals are signed with. */
  #announced: string | null = null;
  #last: SealedRange | undefined;
  #unsigned: SealedRange | undefined;
  #isSigned = false;
  #through = 0;

  /** @param given keys that were kept outside of the database; without any the log's own word is taken for its keys */
  constructor(
    private readonly given: readonly KeyObject[],
    private readonly problems: ProblemList,
  ) {
    for (const key of given) this.#keys.set(keyIdOf(key), key);
  }

  /** The last position that a valid signature vouches for. */
  get through(): number {
    return this.#through;
  }

  /** The log says that its seals are signed otherwise from here on. */
  keyChanged({ position }: RecordedEvent, { key, publicKey, previous }: LogSigningKeyChanged['data']): void {
    if (previous !== this.#announced) {
      this.#add(position, 'log.unknown-key', `says that the key was ${previous}, and it was ${this.#announced}`);
    }
    this.#announced = key;
    if (key === null || publicKey === null || this.#keys.has(key)) return;
    const parsed = this.#parsed(publicKey);
    if (parsed && keyIdOf(parsed) === key) this.#keys.set(key, parsed);
    else this.#add(position, 'log.unknown-key', `names a key ${key} that is not the one it holds`);
  }

  seal(range: SealedRange): void {
    const { position, seal, signature } = range;
    const key = signature?.key ?? null;
    if (key !== this.#announced) {
      this.#add(position, 'log.wrong-key', `is signed by ${key ?? 'nobody'}, expected ${this.#announced ?? 'nobody'}`);
    }
    this.#unsigned = signature === null ? (this.#unsigned ?? range) : undefined;
    if (signature === null) return;
    this.#isSigned = true;
    const publicKey = this.#keys.get(signature.key);
    if (!publicKey) this.#add(position, 'log.unknown-key', `is signed by ${signature.key}, a key that nobody knows`);
    else if (!isSignedBy(publicKey, seal, signature)) {
      this.#add(position, 'log.wrong-signature', `is signed, and not by the owner of the key ${signature.key}`);
    } else {
      this.#last = range;
      this.#through = range.to;
    }
  }

  /** All seals were looked at. */
  end(): void {
    if (this.given.length === 0) return;
    const ids = this.given.map(keyIdOf);
    const last = this.#last?.signature?.key;
    if (this.#last && last !== undefined && !ids.includes(last)) {
      this.#add(
        this.#last.position,
        'log.unknown-key',
        `is signed by ${last}, which is none of the keys that were given`,
      );
    }
    const { given } = this;
    const what = given.length === 1 ? 'the key that was given' : 'any of the keys that were given';
    if (this.#unsigned)
      this.#add(this.#unsigned.position, 'log.unsigned', `and those behind it are not signed by ${what}`);
    else if (!this.#isSigned) this.problems.add(1, 'log.unsigned', `the log has no seal that is signed by ${what}`);
  }

  #parsed(publicKey: string): KeyObject | undefined {
    try {
      return publicKeyFrom(publicKey);
    } catch (error) {
      if (hasCode(error, 'log.signing-key-invalid')) return undefined;
      throw error;
    }
  }

  #add(position: number, code: string, what: string): void {
    this.problems.add(position, code, `the event at position ${position} ${what}`);
  }
}
