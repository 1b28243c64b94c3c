import type { KeyObject } from 'node:crypto';
import { hasCode } from '@waystation/kernel';
import type { LogSigningKeyChanged, RecordedEvent } from '@waystation/events';
import { isSignedBy, publicKeyFrom, publicKeyText } from '../seal/seal-signature.js';
import type { ProblemList } from './problem-list.js';
import type { SealedRange } from './sealed-ranges.js';

const shown = (key: string | null): string => (key === null ? 'nobody' : `the key …${key.slice(-12)}`);

/**
 * Checks the signatures of seals. Seals are chained, so that a signature vouches for every seal before it, too: of keys that
 * were given from outside only the one of the last signed seal has to be among them.
 */
export class SignatureCheck {
  readonly #given: readonly string[];
  /** The key that the log says its seals are signed with. */
  #announced: string | null = null;
  #parsed: { readonly text: string; readonly key: KeyObject | undefined } | undefined;
  #lastSigned: SealedRange | undefined;
  #firstUnsigned: SealedRange | undefined;
  #through = 0;

  /** @param given keys that were kept outside of the database; without any the log's own word is taken for its keys */
  constructor(
    given: readonly KeyObject[],
    private readonly problems: ProblemList,
  ) {
    this.#given = given.map(publicKeyText);
  }

  /** The last position that a valid signature vouches for. */
  get through(): number {
    return this.#through;
  }

  /** The log says that its seals are signed otherwise from here on. */
  keyChanged({ position }: RecordedEvent, { key, previous }: LogSigningKeyChanged['data']): void {
    if (previous !== this.#announced) {
      const before = `the seals before are signed by ${shown(this.#announced)}`;
      this.#add(position, 'log.wrong-key', `says that it follows ${shown(previous)}, and ${before}`);
    }
    this.#announced = key;
  }

  seal(range: SealedRange): void {
    const { position, seal, signature, to } = range;
    const key = signature?.key ?? null;
    if (key !== this.#announced) {
      this.#add(position, 'log.wrong-key', `is signed by ${shown(key)}, expected ${shown(this.#announced)}`);
    }
    if (signature === null) {
      this.#firstUnsigned ??= range;
      return;
    }
    this.#lastSigned = range;
    this.#firstUnsigned = undefined;
    const publicKey = this.#keyOf(signature.key);
    if (publicKey && isSignedBy(publicKey, seal, signature)) this.#through = to;
    else this.#add(position, 'log.wrong-signature', `is signed, and not by the owner of ${shown(key)}`);
  }

  /** All seals were looked at. */
  end(): void {
    if (this.#given.length === 0) return;
    const { position, signature } = this.#lastSigned ?? {};
    if (position !== undefined && !this.#given.includes(signature?.key ?? '')) {
      const what = `is signed by ${shown(signature?.key ?? null)}, which was not given as one to be trusted`;
      this.#add(position, 'log.unknown-key', what);
    }
    const unsigned = this.#firstUnsigned;
    if (unsigned)
      this.#add(unsigned.position, 'log.unsigned', 'is a seal that nobody signed, and so are all behind it');
    else if (position === undefined) this.problems.add(1, 'log.unsigned', 'the log has no seal that is signed');
  }

  #keyOf(text: string): KeyObject | undefined {
    if (this.#parsed?.text !== text) this.#parsed = { text, key: parsed(text) };
    return this.#parsed.key;
  }

  #add(position: number, code: string, what: string): void {
    this.problems.add(position, code, `the event at position ${position} ${what}`);
  }
}

const parsed = (text: string): KeyObject | undefined => {
  try {
    return publicKeyFrom(text);
  } catch (error) {
    if (hasCode(error, 'log.signing-key-invalid')) return undefined;
    throw error;
  }
};
