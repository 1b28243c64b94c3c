import { hasCode } from '@waystation/kernel';
import { contentKey } from './content-key.js';
import type { NewObject } from './object-store.js';

/**
 * Stores an object under a key made of its hash.
 * @param store throws `object-store.conflict` where an object of another size has the key
 * @returns the key
 */
export const keepByContent = async (
  { sha256, size }: NewObject,
  store: (key: string) => Promise<void>,
): Promise<string> => {
  const key = contentKey(sha256);
  try {
    await store(key);
    return key;
  } catch (error) {
    if (!hasCode(error, 'object-store.conflict')) throw error;
    const other = contentKey(sha256, size);
    await store(other);
    return other;
  }
};
