import { fitsMark } from '../seal/leaf-marks.js';
import { MerkleTree } from '../seal/merkle-tree.js';
import type { Seal } from '../seal/seal-hash.js';
import type { ProblemList } from './problem-list.js';

/** The tree over the events that are there now, to be compared with the seal that was made over those of then. */
export class SealedTree {
  readonly #tree = new MerkleTree();
  readonly #marks: Buffer;
  /** The first event that does not look like the one that was sealed. */
  #odd: number | undefined;

  constructor(private readonly range: Seal) {
    this.#marks = Buffer.from(range.marks, 'base64');
  }

  add(position: number, leaf: Buffer): void {
    this.#tree.add(leaf);
    if (this.#odd === undefined && !fitsMark(leaf, this.#marks, position - this.range.from)) this.#odd = position;
  }

  /** Adds a problem where the root is another one and nothing that is known already explains it. */
  compare(problems: ProblemList): void {
    const { from, to, root } = this.range;
    const found = this.#tree.root().toString('hex');
    if (found === root) return;
    if (this.#odd !== undefined && !problems.hasAnyIn(this.#odd, this.#odd)) {
      const message = `the event at position ${this.#odd} is not the one that was sealed: something of it, its place or its time was changed`;
      problems.add(this.#odd, 'log.not-as-sealed', `${message}, and its hash with it`);
    } else if (!problems.hasAnyIn(from, to)) {
      const message = `an event between positions ${from} and ${to} was changed after it was sealed: the root is ${found}, expected ${root}`;
      problems.add(from, 'log.wrong-root', message);
    }
  }
}
