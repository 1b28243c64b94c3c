/** How much one job may make. */
export interface OutputLimits {
  /** Objects and files together. */
  readonly entries: number;
  /** Of all of them together. */
  readonly bytes: number;
}
