import type { StoredEvent } from '../read/stored-event.js';
import { NO_SEAL, sealHash } from '../seal/seal-hash.js';
import { sealLeaf } from '../seal/seal-leaf.js';
import type { AnchorCheck } from './anchor-check.js';
import type { ProblemList } from './problem-list.js';
import type { SealedRange } from './sealed-ranges.js';
import { SealedTree } from './sealed-tree.js';
import type { SignatureCheck } from './signature-check.js';

/** Checks the chain of seals, and the Merkle root of every seal against the events it covers. */
export class SealCheck {
  #current: SealedRange | undefined;
  #tree: SealedTree | undefined;
  #started = false;
  #previous = NO_SEAL;
  #through = 0;
  #checked = 0;

  /** @param from the first position that is looked at: roots of ranges that begin before it are not checked */
  constructor(
    private readonly ranges: AsyncIterator<SealedRange>,
    private readonly from: number,
    private readonly others: { readonly anchors: AnchorCheck | undefined; readonly signatures: SignatureCheck },
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

  /** The positions that have no seal yet, or whose seal is not read yet, come back at once: no promise for each event. */
  event(event: StoredEvent): Promise<void> | undefined {
    if (!this.#started || (this.#current && event.position >= this.#current.to)) return this.#eventAtEnd(event);
    this.#add(event);
    return undefined;
  }

  /** @param through the last position that was looked at; seals that end behind it are only chained */
  async end(through: number): Promise<void> {
    if (!this.#started) await this.#advance();
    while (this.#current) {
      if (this.#current.to <= through) await this.#finish(this.#current);
      else await this.#advance();
    }
    await this.others.anchors?.end();
    this.others.signatures.end();
  }

  async #eventAtEnd(event: StoredEvent): Promise<void> {
    if (!this.#started) await this.#advance();
    while (this.#current && event.position > this.#current.to) await this.#finish(this.#current);
    this.#add(event);
    if (event.position === this.#current?.to) await this.#finish(this.#current);
  }

  #add(event: StoredEvent): void {
    if (!this.#current || event.position < this.#current.from) return;
    this.#tree?.add(event.position, sealLeaf(event));
  }

  async #finish(range: SealedRange): Promise<void> {
    if (range.from >= this.from) {
      this.#checked += 1;
      this.#tree?.compare(this.problems);
    }
    await this.#advance();
  }

  async #advance(): Promise<void> {
    this.#started = true;
    const { value, done } = await this.ranges.next();
    this.#current = done ? undefined : (value as SealedRange);
    if (this.#current) await this.#chain(this.#current);
  }

  async #chain(range: SealedRange): Promise<void> {
    const fault = this.#faultOf(range);
    if (fault) this.problems.add(range.position, 'log.broken-chain', `the seal at position ${range.position} ${fault}`);
    this.#previous = range.seal;
    this.#through = Math.max(range.to, this.#through);
    this.others.signatures.seal(range);
    const anchor = await this.others.anchors?.seal(range);
    this.#tree = new SealedTree(anchor?.from === range.from ? anchor : range);
  }

  #faultOf(range: SealedRange): string | undefined {
    const { position, previous, from, to, seal } = range;
    if (previous !== this.#previous) return `is chained to ${previous}, and the seal before it is ${this.#previous}`;
    if (from !== this.#through + 1) return `begins at ${from}, and the seal before it ends at ${this.#through}`;
    if (to < from || to >= position) return `covers ${from} to ${to}, which is not a range before it`;
    return seal === sealHash(range) ? undefined : `is ${seal}, and its content gives ${sealHash(range)}`;
  }
}
