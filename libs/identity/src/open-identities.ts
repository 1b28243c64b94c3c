import { nameOfSetting, type IdentitySettings } from '@waystation/configuration';
import { CodedError } from '@waystation/kernel';
import { Identities } from './identities.js';
import type { KeyRing } from './key-encryption/key-ring.js';
import { placeOfKey, readKeyRing } from './key-encryption/read-key-ring.js';
import { DataKeys } from './keys/data-keys.js';
import { INDEX_SECRET, indexSecret } from './keys/index-secret.js';
import { KeyErasure } from './keys/key-erasure.js';
import { KeyRotation } from './keys/key-rotation.js';
import { KeyTable, type KeyDatabase } from './keys/key-table.js';
import { PatientKeys } from './keys/patient-keys.js';
import { BlindIndex } from './patients/blind-index.js';

export interface IdentitiesOptions {
  /** A database that is migrated. */
  readonly database: KeyDatabase;
  readonly settings: IdentitySettings;
  /** Told the path of a key file that was made. */
  readonly onKeyMade: (path: string) => void;
}

/**
 * Opens the keys of patients. A key file in the data folder is made where nothing was ever sealed; later a missing one is an
 * error, since another key would not open what there is.
 * @throws CodedError `identity.no-key`, `identity.unreadable-key`, `identity.invalid-key`, `identity.wrong-key`
 */
export const openIdentities = async ({ database, settings, onKeyMade }: IdentitiesOptions): Promise<Identities> => {
  const table = new KeyTable(database);
  const isNew = (await table.secret(INDEX_SECRET)) === undefined;
  const ring = await readKeyRing(settings, isNew, onKeyMade);
  await checkRing(table, ring, settings);
  const index = new BlindIndex(await indexSecret(table, ring));
  const keys = new DataKeys(table, ring, index);
  return new Identities(keys, {
    index,
    patients: new PatientKeys(database, index),
    erasure: new KeyErasure(database, keys),
    rotation: new KeyRotation(table, ring),
  });
};

/** Every key has to be wrapped by a key that is at hand: better no start than patients who cannot be read later. */
const checkRing = async (table: KeyTable, ring: KeyRing, settings: IdentitySettings): Promise<void> => {
  const secret = await table.secret(INDEX_SECRET);
  const [other] = await table.wrappedByOther(ring.ids, 1);
  const kekId = secret !== undefined && !ring.ids.includes(secret.kekId) ? secret.kekId : other?.kekId;
  if (kekId === undefined || settings.key === undefined) return;
  const message =
    `the keys of patients are wrapped by key ${kekId}, and ${placeOfKey(settings.key)} holds key ${ring.current.id}: ` +
    `expected the one they are wrapped by; while they are being rewrapped, that one in ${nameOfSetting('previousIdentityKeyFile')}`;
  throw new CodedError('identity.wrong-key', message);
};
