import { createHash } from 'node:crypto';
import { CodedError } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { assertWhole } from '../seal/whole-event.js';
import type { ArchivedSegment } from './archived-segment.js';
import { SegmentCopy } from './segment-copy.js';

/**
 * Reads a copy back from the store: it has the hash that it was written with, and every event in it is whole.
 * @throws log.archive-damaged, log.changed-event, object-store.unavailable
 */
export const verifyCopy = async (
  objects: Pick<ObjectStore, 'get'>,
  segment: ArchivedSegment & { readonly sha256: string },
  signal: AbortSignal,
): Promise<void> => {
  const { key, from, to, sha256 } = segment;
  const sum = createHash('sha256');
  for await (const chunk of await objects.get(key)) sum.update(chunk as Buffer);
  const found = sum.digest('hex');
  if (found !== sha256) {
    const message = `the copy ${key} of positions ${from} to ${to} has the SHA-256 ${found}, expected ${sha256}`;
    throw new CodedError('log.archive-damaged', message, { details: { from, to } });
  }
  const copy = await SegmentCopy.open(objects, segment);
  for (let member = 0, position = from; member < copy.members; member++) {
    signal.throwIfAborted();
    for (const event of await copy.member(member)) assertWhole(event, position++, 'read back');
  }
};
