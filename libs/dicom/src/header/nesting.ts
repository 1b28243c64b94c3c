import { CodedError } from '@waystation/kernel';
import type { WantedElement } from '../dictionary/routing-element.js';
import type { Encoding } from './encoding.js';
import type { Scope } from './scope.js';

/** A sequence of the routing header, while its items come. */
export interface WantedSequence {
  readonly element: WantedElement;
  readonly scope: Scope;
  items: number;
}

/** What is open: a sequence waits for items, an item for elements, and pixel data for fragments (PS3.5 7.5 and A.4). */
export interface Level {
  readonly kind: 'sequence' | 'item' | 'fragments';
  /** Of what is around the level; holds again when it closes. */
  readonly outerEncoding: Encoding;
  /** The byte of the data set it ends before; infinite where a delimiter ends it. */
  readonly end: number;
  /** The byte before which it must have ended, because something around it does. */
  readonly limit: number;
  /** Set where values are read from the items. */
  readonly sequence?: WantedSequence | undefined;
  /** Set where values are read from the item. */
  readonly scope?: Scope | undefined;
}

/**
 * The sequences and items that are open. A stack of words instead of recursion: depth costs no call stack, and no more of
 * it than the limit allows.
 */
export class Nesting {
  private readonly levels: Level[] = [];
  /** The innermost level. */
  innermost: Level | undefined;
  /** The byte before which everything that is open must have ended. */
  limit = Number.POSITIVE_INFINITY;

  /** @param depth how many sequences may be open at once */
  constructor(private readonly depth: number) {}

  /**
   * Throws `dicom.limit-exceeded`.
   *
   * @param offset where it opens, for the error
   */
  open(level: Omit<Level, 'limit'>, offset: number): void {
    if (level.kind !== 'item' && this.levels.length >= this.depth * 2) {
      throw new CodedError(
        'dicom.limit-exceeded',
        `data set has more than ${this.depth} sequences inside each other at byte ${offset}`,
        { details: { offset } },
      );
    }
    this.levels.push({ ...level, limit: Math.min(level.end, this.limit) });
    this.look();
  }

  /** Closes the innermost level. */
  close(): Level | undefined {
    const level = this.levels.pop();
    this.look();
    return level;
  }

  /**
   * Gives up what is open as far as its end is known without looking into it: closes the outermost level that has a
   * length, with all in it, and returns it; undefined where there is none.
   */
  abandon(): Level | undefined {
    const index = this.levels.findIndex(({ end }) => end !== Number.POSITIVE_INFINITY);
    if (index < 0) return undefined;
    const [level] = this.levels.splice(index);
    this.look();
    return level;
  }

  private look(): void {
    this.innermost = this.levels.at(-1);
    this.limit = this.innermost?.limit ?? Number.POSITIVE_INFINITY;
  }
}
