import { nodeHash } from './merkle-tree.js';

/** The largest power of two below a size: where RFC 6962 splits a tree. */
const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const [first = Buffer.alloc(0)] = leaves;
  if (leaves.length <= 1) return first;
  const split = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
};

/**
 * What proves that a leaf is in a tree: the roots of the subtrees beside its way up, from the bottom (RFC 6962, section
 * 2.1.1).
 * @param index of the leaf, from 0
 */
export const merklePath = (leaves: readonly Buffer[], index: number): readonly Buffer[] => {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...merklePath(left, index), rootOf(right)]
    : [...merklePath(right, index - split), rootOf(left)];
};

/**
 * The root that a leaf and its path lead to (RFC 9162, section 2.1.3.2).
 * @param place `index` of the leaf from 0, `size` of the tree
 * @returns undefined where no tree of that size has a path of that length to that leaf
 */
export const rootByPath = (
  leaf: Buffer,
  path: readonly Buffer[],
  { index, size }: { readonly index: number; readonly size: number },
): Buffer | undefined => {
  if (!(index >= 0 && index < size)) return undefined;
  let [place, last, root] = [index, size - 1, leaf];
  for (const beside of path) {
    if (last === 0) return undefined;
    // Where a subtree is alone on the right there is nothing beside it until it meets one on its left.
    while (place === last && place % 2 === 0) [place, last] = [place / 2, last / 2];
    root = place % 2 === 1 ? nodeHash(beside, root) : nodeHash(root, beside);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
};
