import type { WantedElement, ElementsByTag } from '../dictionary/routing-element.js';
import type { Vr } from '../dictionary/value-representations.js';

/** A value with bytes beyond ASCII: its character set is only certain when the data set has been read. */
export interface Undecoded {
  readonly bytes: Buffer;
  readonly vr: Vr;
}

/** Where values are read: the top of the data set, or an item of a sequence of the routing header. */
export class Scope {
  readonly values = new Map<WantedElement, string | Undecoded>();
  private sequences: Set<WantedElement> | undefined;

  /**
   * @param prefix what stands before the names of its facts, for example `ProcedureCodeSequence[0].`; nothing at the top
   * @param outer what is around the item
   */
  constructor(
    readonly elements: ElementsByTag,
    readonly prefix = '',
    readonly outer?: Scope,
  ) {}

  /** Whether the sequence comes here for the first time. */
  opens(sequence: WantedElement): boolean {
    this.sequences ??= new Set();
    if (this.sequences.has(sequence)) return false;
    this.sequences.add(sequence);
    return true;
  }
}
