import { readFile } from 'node:fs/promises';
import { nameOfSetting } from '@waystation/configuration';
import { signingKeyFrom, type SigningKey } from '@waystation/event-log';
import { CodedError, messageOf } from '@waystation/kernel';

/**
 * The key that seals are signed with.
 * @param path as the settings have it
 * @throws CodedError `audit.signing-key-invalid`, which names the setting and the file
 */
export const readSigningKey = async (path: string | undefined): Promise<SigningKey | undefined> => {
  if (path === undefined) return undefined;
  try {
    return signingKeyFrom(await readFile(path, 'utf8'));
  } catch (error) {
    const message = `${nameOfSetting('sealKeyFile')} is ${path}: ${messageOf(error)}`;
    throw new CodedError('audit.signing-key-invalid', message, { cause: error });
  }
};
