import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merklePath, rootByPath } from './merkle-path.js';
import { MerkleTree } from './merkle-tree.js';

const leafOf = (number: number): Buffer => createHash('sha256').update(`leaf ${number}`).digest();
const leavesOf = (size: number): readonly Buffer[] => Array.from({ length: size }, (_, index) => leafOf(index));
const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
};

describe('merklePath', () => {
  it('leads from every leaf to the root, in trees of every size up to 80', () => {
    for (let size = 1; size <= 80; size++) {
      const leaves = leavesOf(size);
      const root = rootOf(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const path = merklePath(leaves, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(rootByPath(leaf, path, { index, size })?.equals(root)).toBe(true);
      }
    }
  });

  it('leads from no other leaf, place or size, and along no other path, to the root', () => {
    const place = fc.integer({ min: 1, max: 150 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        index: fc.nat(size - 1),
        other: fc.nat(size + 3),
        otherSize: fc.nat(600),
        step: fc.nat(8),
      }),
    );
    fc.assert(
      fc.property(place, ({ size, index, other, otherSize, step }) => {
        const leaves = leavesOf(size);
        const root = rootOf(leaves);
        const path = merklePath(leaves, index);
        const leaf = leafOf(index);
        const leadsToRoot = (...args: Parameters<typeof rootByPath>) => rootByPath(...args)?.equals(root) ?? false;
        expect(leadsToRoot(leafOf(size + 1), path, { index, size })).toBe(false);
        if (other !== index) expect(leadsToRoot(leaf, path, { index: other, size })).toBe(false);
        expect(leadsToRoot(leaf, [...path, root], { index, size })).toBe(false);
        if (path.length > 0) expect(leadsToRoot(leaf, path.slice(1), { index, size })).toBe(false);
        const changed = path.map((hash, at) => (at === step % path.length ? leafOf(-1) : hash));
        if (path.length > 0) expect(leadsToRoot(leaf, changed, { index, size })).toBe(false);
        expect(rootByPath(leaf, path, { index: otherSize, size: otherSize })).toBeUndefined();
      }),
    );
  });
});
