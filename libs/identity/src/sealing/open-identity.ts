import type { PlacedIdentity } from '@waystation/domain';
import type { Facts } from '@waystation/events';
import { decrypt } from '../cipher/aes-gcm.js';
import type { DataKey } from './data-key.js';
import { factsIn } from './facts-text.js';

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

/**
 * Opens what {@link sealIdentity} sealed; undefined where it was changed, moved to another place or sealed with another key.
 */
export const openIdentity = (key: DataKey, { sealed, place }: PlacedIdentity): Facts | undefined => {
  if (sealed.key !== key.id) return undefined;
  const encrypted = { ciphertext: bytes(sealed.ciphertext), tag: bytes(sealed.tag) };
  const plaintext = decrypt(key.encryption, bytes(sealed.iv), place, encrypted);
  return plaintext && factsIn(plaintext.toString('utf8'));
};
