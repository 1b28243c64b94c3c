import { randomBytes } from 'node:crypto';
import { CodedError } from '@waystation/kernel';
import { KEY_BYTES } from '../cipher/aes-gcm.js';
import type { KeyRing } from '../key-encryption/key-ring.js';
import type { KeyTable } from './key-table.js';

/** Name of the secret that patients are found with. */
export const INDEX_SECRET = 'index';

/** The secret that patients are found with; made where there is none. Of several who make one, everybody uses the same. */
export const indexSecret = async (table: KeyTable, ring: KeyRing): Promise<Buffer> => {
  let row = await table.secret(INDEX_SECRET);
  if (row === undefined) {
    await table.addSecret(INDEX_SECRET, await ring.wrap(randomBytes(KEY_BYTES), INDEX_SECRET));
    row = await table.secret(INDEX_SECRET);
  }
  if (row === undefined) throw new CodedError('log.refused', 'the secret of the identity index cannot be written');
  return ring.unwrap(row, INDEX_SECRET);
};
