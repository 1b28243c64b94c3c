import { createHash } from 'node:crypto';

const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(0x01)).update(left).update(right).digest();

/**
 * All levels of the Merkle tree of RFC 6962, section 2.1, over leaf hashes: what one path costs by itself, all paths cost
 * together. A node that is alone on the right of its level goes up as it is.
 */
export class MerkleLevels {
  private readonly levels: readonly (readonly Buffer[])[];

  constructor(leaves: readonly Buffer[]) {
    const levels = [leaves];
    for (let level = leaves; level.length > 1;) {
      const below = level;
      level = Array.from({ length: Math.ceil(below.length / 2) }, (_, at) => {
        const [left, right] = below.slice(2 * at, 2 * at + 2);
        return left && right ? nodeHash(left, right) : (left ?? Buffer.alloc(0));
      });
      levels.push(level);
    }
    this.levels = levels;
  }

  /** The hashes beside the way from a leaf up to the root, from the bottom. @param index of the leaf, from 0 */
  path(index: number): readonly Buffer[] {
    const path: Buffer[] = [];
    let place = index;
    for (const level of this.levels) {
      const beside = level[place % 2 === 0 ? place + 1 : place - 1];
      if (beside !== undefined) path.push(beside);
      place = Math.floor(place / 2);
    }
    return path;
  }
}
