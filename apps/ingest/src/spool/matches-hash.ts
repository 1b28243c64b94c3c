import { createHash, webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { NewObject } from '@waystation/object-store';

/** Whether the data set of an object still has its hash. Does not block: what is in memory is hashed by another thread. */
export const matchesHash = async (object: NewObject, dataSetOffset: number): Promise<boolean> => {
  if ('chunks' in object) {
    const dataSet = Buffer.concat(object.chunks).subarray(dataSetOffset);
    const digest = await webcrypto.subtle.digest('SHA-256', dataSet);
    return Buffer.from(digest).toString('hex') === object.sha256;
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(object.path, { start: dataSetOffset })) hash.update(chunk as Buffer);
  return hash.digest('hex') === object.sha256;
};
