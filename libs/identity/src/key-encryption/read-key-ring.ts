import { readFile } from 'node:fs/promises';
import { nameOfSetting, type IdentityKeySource, type IdentitySettings } from '@waystation/configuration';
import { CodedError, messageOf } from '@waystation/kernel';
import type { KeyEncryption } from './key-encryption.js';
import { KeyRing } from './key-ring.js';
import { LocalKeyEncryption } from './local-key-encryption.js';
import { makeKeyFile } from './make-key-file.js';
import { howToMakeAKey, parseKey } from './parse-key.js';

/** A setting with what it says, for people: `identity.keyFile (WAYSTATION_IDENTITY_KEY_FILE) /etc/waystation/identity.key`. */
export const placeOfKey = (source: IdentityKeySource, previous = false): string =>
  'file' in source
    ? `${nameOfSetting(previous ? 'previousIdentityKeyFile' : 'identityKeyFile')} ${source.file}`
    : nameOfSetting(previous ? 'previousIdentityKey' : 'identityKey');

/**
 * Reads the key-encryption keys that the settings name.
 * @param mayMake whether a key file that belongs to the data folder is made where it is missing
 * @param onMade told the path of a file that was made
 * @throws CodedError `identity.no-key`, `identity.unreadable-key`, `identity.invalid-key`
 */
export const readKeyRing = async (
  { key, previousKey }: IdentitySettings,
  mayMake: boolean,
  onMade: (path: string) => void,
): Promise<KeyRing> => {
  if (key === undefined) {
    const [file, value] = [nameOfSetting('identityKeyFile'), nameOfSetting('identityKey')];
    const message = `who patients are is sealed, and there is no key for that: expected a path in ${file}, or a key in ${value}; make one with \`${howToMakeAKey}\``;
    throw new CodedError('identity.no-key', message);
  }
  if (mayMake && 'file' in key && key.inDataFolder && !(await exists(key.file))) {
    await makeKeyFile(key.file);
    onMade(key.file);
  }
  const current = await read(key, placeOfKey(key));
  return new KeyRing(current, previousKey && (await read(previousKey, placeOfKey(previousKey, true))));
};

const read = async (source: IdentityKeySource, place: string): Promise<KeyEncryption> =>
  new LocalKeyEncryption(parseKey('file' in source ? await textOf(source.file, place) : source.text, place));

const textOf = async (path: string, place: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const message = `${place} cannot be read: ${messageOf(error)}; without it nobody can tell who the patients are`;
    throw new CodedError('identity.unreadable-key', message, { cause: error });
  }
};

/** A file that is there and cannot be read is not missing. */
const exists = (path: string): Promise<boolean> =>
  readFile(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
