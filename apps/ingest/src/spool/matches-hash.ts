import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { NewObject } from '@waystation/object-store';

/** Whether the data set of an object still has its hash. What is in memory is small enough to be hashed at once. */
export const matchesHash = async (object: NewObject, dataSetOffset: number): Promise<boolean> => {
  const hash = createHash('sha256');
  let skip = dataSetOffset;
  const pieces = 'chunks' in object ? object.chunks : createReadStream(object.path);
  for await (const piece of pieces as AsyncIterable<Uint8Array>) {
    if (skip < piece.length) hash.update(skip === 0 ? piece : piece.subarray(skip));
    skip = Math.max(0, skip - piece.length);
  }
  return hash.digest('hex') === object.sha256;
};
