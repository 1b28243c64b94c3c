import { hasCode } from '@waystation/kernel';
import type { NewObject, ObjectStore } from '@waystation/object-store';
import { quarantineKey } from './quarantine-key.js';

type Objects = Pick<ObjectStore, 'put' | 'putFile'>;

/**
 * Makes the bytes of an object durable that could not be understood, or finds them there. The same data set under a UID of
 * another length has a place of its own: what is in front of it belongs to what came.
 * @returns the key
 * @throws CodedError `object-store.full` or `object-store.unavailable`
 */
export const keepAside = async (objects: Objects, bytes: NewObject): Promise<string> => {
  const { sha256, size } = bytes;
  const store = storing(objects, bytes);
  try {
    return await store(quarantineKey(sha256));
  } catch (error) {
    if (!hasCode(error, 'object-store.conflict')) throw error;
    return store(quarantineKey(sha256, size));
  }
};

const storing = (objects: Objects, bytes: NewObject): ((key: string) => Promise<string>) => {
  if ('path' in bytes) return (key) => objects.putFile(key, bytes.path).then(() => key);
  const whole = Buffer.concat(bytes.chunks, bytes.size);
  return (key) => objects.put(key, whole).then(() => key);
};
