import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { StoredObject } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/**
 * The bytes of an object, checked as they go by.
 * @returns ends with `job.input-damaged` where they are not those that were recorded
 */
export const verifiedBytes = (bytes: AsyncIterable<Buffer>, recorded: StoredObject): Readable =>
  Readable.from(checked(bytes, recorded), { objectMode: false });

async function* checked(bytes: AsyncIterable<Buffer>, { key, sha256, size, dataSetOffset }: StoredObject) {
  const hash = createHash('sha256');
  let at = 0;
  for await (const piece of bytes) {
    hash.update(piece.subarray(Math.max(0, dataSetOffset - at)));
    at += piece.length;
    yield piece;
  }
  if (at === size && hash.digest('hex') === sha256) return;
  throw new CodedError(
    'job.input-damaged',
    `object ${key} is not what was decided on: expected ${size} bytes with a data set of SHA-256 ${sha256}, found ${at} bytes`,
  );
}
