import { createHash } from 'node:crypto';
import { MerkleTree, rootByPath } from '@waystation/event-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MerkleLevels } from './merkle-levels.js';

it('Every path leads from its leaf to the root of the tree of RFC 6962', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
      const leaves = Array.from({ length: size }, (_, index) => createHash('sha256').update(String(index)).digest());
      const tree = new MerkleTree();
      for (const leaf of leaves) tree.add(leaf);
      const levels = new MerkleLevels(leaves);
      for (const [index, leaf] of leaves.entries())
        expect(rootByPath(leaf, levels.path(index), { index, size })).toEqual(tree.root());
    }),
    { numRuns: 30 },
  );
});
