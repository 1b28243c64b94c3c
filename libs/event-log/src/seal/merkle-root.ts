import { CodedError } from '@waystation/kernel';
import type { Pool } from 'pg';
import { eventHash } from '../append/event-hash.js';
import { hashedPages, type HashedRow } from '../read/hashed-pages.js';
import { MerkleTree } from './merkle-tree.js';
import { sealLeaf } from './seal-leaf.js';

const checked = (row: HashedRow, expected: number): Buffer => {
  const [position, stream, sequence, type, time, recordedtime, data, metadata, hash] = row;
  if (position !== expected) {
    throw new CodedError('log.hole', `position ${expected} is missing from the log, so it cannot be sealed`);
  }
  if (!eventHash({ type, stream, time, data, metadata }).equals(hash)) {
    throw new CodedError(
      'log.changed-event',
      `the event at position ${position} is not the one that was appended, so it cannot be sealed`,
    );
  }
  return sealLeaf({ position, sequence, recordedtime, hash });
};

/**
 * The Merkle root over a range of the log.
 * @returns lower-case hexadecimal
 * @throws log.hole, log.changed-event: what is wrong already is not sealed
 */
export const merkleRoot = async (pool: Pool, { from, to }: { from: number; to: number }): Promise<string> => {
  const tree = new MerkleTree();
  for await (const page of hashedPages(pool, { after: from - 1, through: to })) {
    for (const row of page) tree.add(checked(row, from + tree.size));
  }
  if (tree.size !== to - from + 1) {
    throw new CodedError('log.hole', `position ${from + tree.size} is missing from the log, so it cannot be sealed`);
  }
  return tree.root().toString('hex');
};
