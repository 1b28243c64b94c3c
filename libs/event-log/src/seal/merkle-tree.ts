import { hash } from 'node:crypto';

const HASH_BYTES = 32;

// One piece of memory for every node: hashes are made millions at a time.
const node = Buffer.alloc(1 + 2 * HASH_BYTES);
node[0] = 0x01;

/** The hash of a node over its two children, RFC 6962, section 2.1. */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => {
  left.copy(node, 1);
  right.copy(node, 1 + HASH_BYTES);
  return hash('sha256', node, 'buffer');
};

/**
 * The Merkle tree of RFC 6962, section 2.1, over leaf hashes that come one by one. Keeps one hash for each complete
 * subtree: the memory is logarithmic in the number of leaves.
 */
export class MerkleTree {
  readonly #subtrees: Buffer[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param leaf its hash, with the prefix 0x00 in it */
  add(leaf: Buffer): void {
    this.#subtrees.push(leaf);
    this.#size += 1;
    for (let size = this.#size; size % 2 === 0; size /= 2) this.#join();
  }

  /** The root over the leaves so far; SHA-256 of nothing where there is none. */
  root(): Buffer {
    return this.#subtrees.length === 0
      ? hash('sha256', Buffer.alloc(0), 'buffer')
      : this.#subtrees.reduceRight((right, left) => nodeHash(left, right));
  }

  #join(): void {
    const right = this.#subtrees.pop();
    const left = this.#subtrees.pop();
    if (left && right) this.#subtrees.push(nodeHash(left, right));
  }
}
