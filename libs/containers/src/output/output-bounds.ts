/** How much a container may write. */
export interface OutputBounds {
  /** Files and folders together. */
  readonly entries: number;
  readonly bytes: number;
}
