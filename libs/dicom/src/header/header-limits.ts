/** What a data set may cost to read. Memory is bounded by these, whatever a sender claims. */
export interface HeaderLimits {
  /** Sequences inside each other. Those of defined length that nobody asks for are stepped over whole and cost nothing. */
  readonly depth: number;
  /** Elements of the data set itself. Those inside sequences are not limited: enhanced objects have millions. */
  readonly elements: number;
  /** Items of one sequence that are kept; more are left out with a warning. */
  readonly items: number;
  /** Bytes of one value that is kept; a longer one is left out with a warning. */
  readonly valueBytes: number;
  /** Bytes of all kept values together. */
  readonly keptBytes: number;
  /** Compressed bytes within which the header of a deflated data set must end. */
  readonly deflatedBytes: number;
  /** Bytes these may inflate to. */
  readonly inflatedBytes: number;
}

export const defaultHeaderLimits: HeaderLimits = {
  depth: 32,
  elements: 50_000,
  items: 8,
  valueBytes: 64 * 1024,
  keptBytes: 256 * 1024,
  deflatedBytes: 2 * 1024 * 1024,
  inflatedBytes: 32 * 1024 * 1024,
};
