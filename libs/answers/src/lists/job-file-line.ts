/** A line of `waystation job files`. */
export interface JobFileLine {
  /** As the module named it: it may not be one that a file of this machine should have. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}
