import { open } from 'node:fs/promises';
import type { VaultSettings } from '@waystation/configuration';
import type { SecretReference } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import { describeReference } from './describe-reference.js';
import { Vault } from './vault.js';

export interface SecretsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly vault: VaultSettings | undefined;
}

/** Bytes. What is longer is a wrong file, not a secret. */
const LONGEST_SECRET = 65_536;

/**
 * Finds the secrets that a configuration names. They are looked up each time, so that one that was changed where it is
 * holds at once, and nothing here keeps them.
 */
export class Secrets {
  readonly #vault: Vault | undefined;

  constructor(private readonly options: SecretsOptions) {
    this.#vault = options.vault === undefined ? undefined : new Vault(options.vault, (file) => read(file));
  }

  /**
   * A secret, without the line's end behind it.
   * @throws CodedError `secret.unavailable`, which names where it should be and never what it is
   */
  async of(reference: SecretReference): Promise<string> {
    try {
      const secret = await this.#lookUp(reference);
      if (secret === '') throw new Error('it is empty');
      return secret;
    } catch (error) {
      const sentence = `${describeReference(reference)} cannot be read: ${messageOf(error)}`;
      throw new CodedError('secret.unavailable', sentence, { cause: error });
    }
  }

  #lookUp(reference: SecretReference): Promise<string> {
    if ('environment' in reference) return Promise.resolve(this.#variable(reference.environment));
    if ('file' in reference) return read(reference.file);
    if (this.#vault !== undefined) return this.#vault.read(reference.vault);
    throw new Error('no Vault is set up; see WAYSTATION_VAULT_ADDRESS');
  }

  /** Settings of Waystation hold keys that no configuration may send anywhere. */
  #variable(name: string): string {
    if (name.startsWith('WAYSTATION_')) throw new Error('settings of Waystation are no secrets of a configuration');
    const value = this.options.environment[name];
    if (value === undefined) throw new Error('it is not set where this service runs');
    return value;
  }
}

const read = async (path: string): Promise<string> => {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_SECRET + 1), 0, LONGEST_SECRET + 1, 0);
    if (bytesRead > LONGEST_SECRET) throw new Error(`it has more than ${LONGEST_SECRET} bytes`);
    return buffer.toString('utf8', 0, bytesRead).replace(/\r?\n$/, '');
  } finally {
    await file.close();
  }
};
