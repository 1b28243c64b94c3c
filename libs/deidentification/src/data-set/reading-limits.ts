/** How much of a data set is held in memory, so that hostile ones cost no more. */
export interface ReadingLimits {
  /** Sequences inside each other. */
  readonly depth: number;
  /** Bytes of all values but top-level pixel data, which passes by. */
  readonly bytes: number;
}

export const defaultReadingLimits: ReadingLimits = { depth: 32, bytes: 256 * 1024 * 1024 };
