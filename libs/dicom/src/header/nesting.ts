import { CodedError } from '@waystation/kernel';
import type { Encoding } from './encoding.js';

/** What is open: a sequence waits for items, an item for elements, and pixel data for fragments (PS3.5 7.5 and A.4). */
export type Level = 'sequence' | 'item' | 'fragments';

/**
 * The sequences and items of undefined length that are open, the innermost last. A stack of words instead of recursion:
 * depth costs no call stack, and no more of it than the limit allows.
 */
export class Nesting {
  private readonly levels: Level[] = [];
  private readonly outerEncodings: Encoding[] = [];

  /** @param depth how many sequences may be open at once */
  constructor(private readonly depth: number) {}

  get innermost(): Level | undefined {
    return this.levels.at(-1);
  }

  /**
   * @param encoding of what is around the level, given back when it closes
   * @param offset where it opens, for the error
   */
  open(level: Level, encoding: Encoding, offset: number): void {
    if (level !== 'item' && this.levels.length >= this.depth * 2) {
      throw new CodedError(
        'dicom.limit-exceeded',
        `data set has more than ${this.depth} sequences inside each other at byte ${offset}`,
        { details: { offset } },
      );
    }
    this.levels.push(level);
    this.outerEncodings.push(encoding);
  }

  /** Closes the innermost level; the encoding around it holds again. */
  close(): Encoding | undefined {
    this.levels.pop();
    return this.outerEncodings.pop();
  }
}
