import type { HashedRow } from '../read/hashed-pages.js';
import { MerkleTree } from '../seal/merkle-tree.js';
import { NO_SEAL, sealHash } from '../seal/seal-hash.js';
import { sealLeaf } from '../seal/seal-leaf.js';
import type { AnchorCheck } from './anchor-check.js';
import type { ProblemList } from './problem-list.js';
import type { SealedRange } from './sealed-ranges.js';

/** Checks the chain of seals, and the Merkle root of every seal against the events it covers. */
export class SealCheck {
  #current: SealedRange | undefined;
  #tree = new MerkleTree();
  #started = false;
  #previous = NO_SEAL;
  #through = 0;
  #checked = 0;

  /** @param from the first position that is looked at: roots of ranges that begin before it are not checked */
  constructor(
    private readonly ranges: AsyncIterator<SealedRange>,
    private readonly from: number,
    private readonly anchors: AnchorCheck | undefined,
    private readonly problems: ProblemList,
  ) {}

  /** Seals whose roots were checked. */
  get checked(): number {
    return this.#checked;
  }

  /** The last position under a seal. */
  get through(): number {
    return this.#through;
  }

  async event([position, , sequence, , , recordedtime, , , hash]: HashedRow): Promise<void> {
    if (!this.#started) await this.#advance();
    while (this.#current && position > this.#current.to) await this.#finish(this.#current);
    if (!this.#current || position < this.#current.from) return;
    this.#tree.add(sealLeaf({ position, sequence, recordedtime, hash }));
    if (position === this.#current.to) await this.#finish(this.#current);
  }

  /** @param through the last position that was looked at; seals that end behind it are only chained */
  async end(through: number): Promise<void> {
    if (!this.#started) await this.#advance();
    while (this.#current) {
      if (this.#current.to <= through) await this.#finish(this.#current);
      else await this.#advance();
    }
    await this.anchors?.end();
  }

  async #finish(range: SealedRange): Promise<void> {
    const { from, to, root } = range;
    if (from >= this.from) {
      this.#checked += 1;
      const found = this.#tree.root().toString('hex');
      if (found !== root) {
        this.problems.add(
          from,
          'log.wrong-root',
          `an event between positions ${from} and ${to} was changed after it was sealed: the root is ${found}, expected ${root}`,
        );
      }
    }
    await this.#advance();
  }

  async #advance(): Promise<void> {
    this.#started = true;
    this.#tree = new MerkleTree();
    const { value, done } = await this.ranges.next();
    this.#current = done ? undefined : (value as SealedRange);
    if (this.#current) await this.#chain(this.#current);
  }

  async #chain(range: SealedRange): Promise<void> {
    const fault = this.#faultOf(range);
    if (fault) this.problems.add(range.position, 'log.broken-chain', `the seal at position ${range.position} ${fault}`);
    this.#previous = range.seal;
    this.#through = Math.max(range.to, this.#through);
    await this.anchors?.seal(range);
  }

  #faultOf(range: SealedRange): string | undefined {
    const { position, previous, from, to, seal } = range;
    if (previous !== this.#previous) return `is chained to ${previous}, and the seal before it is ${this.#previous}`;
    if (from !== this.#through + 1) return `begins at ${from}, and the seal before it ends at ${this.#through}`;
    if (to < from || to >= position) return `covers ${from} to ${to}, which is not a range before it`;
    return seal === sealHash(range) ? undefined : `is ${seal}, and its content gives ${sealHash(range)}`;
  }
}
